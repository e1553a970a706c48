package io.cloudpits.core.sim;

import io.cloudpits.api.Require;
import io.cloudpits.core.plan.TaskShape;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulated job consists of, and what happens to it on the way.
 *
 * @param tasks how many tasks it has; above 0
 * @param shape how large they are
 * @param workersPerInstance slots of an instance; 0 means one per vCPU
 * @param totalKnown whether the Job Manager tells the total
 * @param duplicates whether idle slots at the end take second copies of tasks
 * @param changes what changes at an instant
 */
public record JobScript(
        double tasks,
        TaskShape shape,
        int workersPerInstance,
        boolean totalKnown,
        boolean duplicates,
        SortedMap<Instant, Change> changes) {
    public JobScript {
        Require.positive("tasks", tasks);
        Require.atLeast("workersPerInstance", workersPerInstance, 0);
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /** A fluid job of known size. */
    public static JobScript fluid(double tasks) {
        return new JobScript(tasks, TaskShape.FLUID, 0, true, false, new TreeMap<>());
    }

    /** A job of whole tasks. */
    public static JobScript discrete(double tasks, TaskShape shape, int workersPerInstance) {
        return new JobScript(tasks, shape, workersPerInstance, true, true, new TreeMap<>());
    }

    /** The same with a total that is not told. */
    public JobScript withUnknownTotal() {
        return new JobScript(tasks, shape, workersPerInstance, false, duplicates, changes);
    }

    /** The same with a change. */
    public JobScript with(Instant at, Change change) {
        SortedMap<Instant, Change> more = new TreeMap<>(changes);
        more.put(at, change);
        return new JobScript(tasks, shape, workersPerInstance, totalKnown, duplicates, more);
    }

    /**
     * A change on the way.
     *
     * @param total the new total; 0 to leave it
     * @param restart whether the Job Manager starts from nothing
     */
    public record Change(double total, boolean restart) {}
}
