package io.cloudpits.core.plan;

/**
 * How an instance that must go leaves: it finishes the tasks it holds, as long as that is worth what waiting costs; else it is
 * ended at once and the work done on them, half of it on average, is lost.
 *
 * @param seconds how long it is expected to take to finish; 0 if it is ended at once
 * @param usd what it costs meanwhile, USD
 * @param lostTasks the work that is lost, tasks
 */
public record Leaving(double seconds, double usd, double lostTasks) {
    /**
     * How an instance leaves in a situation. A task is worth the money left per task left; without a budget, waiting always
     * pays.
     *
     * @param tasksInFlight tasks it holds
     * @param usdPerHour what it costs, all in
     */
    public static Leaving of(Situation s, double tasksInFlight, double usdPerHour) {
        TaskShape shape = s.taskShape();
        double seconds = tasksInFlight > 0 ? shape.meanSeconds() * (1 + shape.coefficientOfVariation()) : 0;
        double usd = seconds * usdPerHour / 3600;
        double worth = tasksInFlight * Math.max(0, s.leftUsd()) / Math.max(1, s.tasksLeft());
        return seconds > 0 && worth > usd ? new Leaving(seconds, usd, 0) : new Leaving(0, 0, tasksInFlight / 2);
    }

    static Leaving of(Situation s, Worker w) {
        return of(s, w.tasksInFlight(), w.allInUsdPerHour());
    }
}
