package io.cloudpits.core.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Whole tasks in the slots of instances. A task's size is log-normal with mean 1 and takes {@code size x slots / rate}
 * seconds in a slot, so that an instance delivers its rate on average. A task is lost with its instance and sent again;
 * at the end idle slots may take second copies, and the first commit counts.
 */
final class DiscreteJob extends SimulatedJob {
    private static final Comparator<Running> BY_END =
            Comparator.comparing((Running r) -> r.end).thenComparingInt(r -> r.task);

    private final Dice dice;
    private final double sigma;
    private final Deque<Integer> again = new ArrayDeque<>();
    private final PriorityQueue<Running> running = new PriorityQueue<>(BY_END);
    private final Map<Integer, Integer> copies = new TreeMap<>();
    private final Map<String, double[]> durations = new HashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private int handedOut;
    private int done;

    DiscreteJob(JobScript script, Dice dice) {
        super(script);
        this.dice = dice;
        double cv = script.shape().coefficientOfVariation();
        this.sigma = Math.sqrt(Math.log1p(cv * cv));
    }

    @Override
    Instant next(Instant now, List<SimulatedInstance> instances) {
        assign(now, instances);
        return running.isEmpty() ? Instant.MAX : running.peek().end;
    }

    /** Fills the free slots. */
    private void assign(Instant now, List<SimulatedInstance> instances) {
        if (finishedAt() != null) {
            return;
        }
        for (SimulatedInstance i : instances) {
            if (!i.works(now) || i.draining) {
                continue;
            }
            while (busy.getOrDefault(i.id, 0) < i.slots) {
                int task = nextTask(i);
                if (task < 0) {
                    break;
                }
                double size = dice.logNormal("task", task, sigma);
                double seconds = size * i.slots / i.tasksPerSecond;
                copies.merge(task, 1, Integer::sum);
                busy.merge(i.id, 1, Integer::sum);
                running.add(new Running(task, i, now, now.plusMillis(Math.max(1, Math.round(seconds * 1000)))));
            }
        }
    }

    private int nextTask(SimulatedInstance on) {
        if (!again.isEmpty()) {
            return again.poll();
        }
        if (handedOut < total()) {
            return handedOut++;
        }
        return script().duplicates() ? secondCopy(on) : -1;
    }

    /** The oldest task with a single copy that runs elsewhere. */
    private int secondCopy(SimulatedInstance on) {
        return copies.entrySet().stream()
                .filter(e -> e.getValue() == 1)
                .map(Map.Entry::getKey)
                .filter(task -> running.stream().noneMatch(r -> r.task == task && r.on == on))
                .findFirst()
                .orElse(-1);
    }

    @Override
    void compute(Instant from, Instant to, List<SimulatedInstance> instances) {
        for (SimulatedInstance i : instances) {
            if (i.failsTasks && i.isAlive() && !from.isBefore(i.readyAt)) {
                i.failed += Duration.between(from, to).toMillis() / 5000.0;
            }
        }
        while (!running.isEmpty() && !running.peek().end.isAfter(to)) {
            commit(running.poll());
        }
        finishIfDone(to);
    }

    private void commit(Running r) {
        if (!r.end.isBefore(r.on.frozenAt)) {
            running.add(new Running(r.task, r.on, r.start, Instant.MAX)); // the result of a frozen worker never comes
            return;
        }
        busy.merge(r.on.id, -1, Integer::sum);
        r.on.committed++;
        double[] sum = durations.computeIfAbsent(r.on.id, id -> new double[2]);
        sum[0] += Duration.between(r.start, r.end).toMillis() / 1000.0;
        sum[1]++;
        done++;
        Integer sent = copies.remove(r.task);
        if (sent != null && sent > 1) {
            for (Running other : running.stream().filter(o -> o.task == r.task).toList()) {
                running.remove(other);
                busy.merge(other.on.id, -1, Integer::sum);
            }
        }
    }

    @Override
    void lost(SimulatedInstance instance) {
        for (Running r :
                running.stream().filter(r -> r.on == instance).sorted(BY_END).toList()) {
            running.remove(r);
            if (copies.merge(r.task, -1, Integer::sum) == 0) {
                copies.remove(r.task);
                again.add(r.task);
            }
        }
        busy.remove(instance.id);
    }

    @Override
    double done() {
        return done;
    }

    @Override
    double inFlight(SimulatedInstance instance) {
        return busy.getOrDefault(instance.id, 0);
    }

    @Override
    double meanTaskSeconds(SimulatedInstance instance) {
        double[] sum = durations.get(instance.id);
        return sum == null ? 0 : sum[0] / sum[1];
    }

    @Override
    void restart() {
        done = 0;
        handedOut = 0;
        again.clear();
        running.clear();
        copies.clear();
        busy.clear();
    }

    private record Running(int task, SimulatedInstance on, Instant start, Instant end) {}
}
