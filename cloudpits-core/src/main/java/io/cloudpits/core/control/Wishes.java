package io.cloudpits.core.control;

import io.cloudpits.api.Limits;
import io.cloudpits.api.Objective;

/** What the caller wants of the run by now; immutable. */
record Wishes(Objective objective, Limits limits, boolean cancelled, boolean detached) {
    Wishes with(Objective other) {
        return new Wishes(other, limits, cancelled, detached);
    }

    Wishes with(Limits others) {
        return new Wishes(objective, others, cancelled, detached);
    }

    Wishes cancel() {
        return new Wishes(objective, limits, true, detached);
    }

    Wishes detach() {
        return new Wishes(objective, limits, cancelled, true);
    }
}
