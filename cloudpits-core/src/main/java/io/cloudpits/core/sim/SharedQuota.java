package io.cloudpits.core.sim;

import io.cloudpits.api.Require;

/** A vCPU quota that several runs of one account share. Not safe for use by several threads. */
public final class SharedQuota {
    private final int vcpus;
    private int used;

    /** A quota of so many vCPUs; at least 0. */
    public SharedQuota(int vcpus) {
        this.vcpus = Require.atLeast("vcpus", vcpus, 0);
    }

    boolean take(int more) {
        if (used + more > vcpus) {
            return false;
        }
        used += more;
        return true;
    }

    void giveBack(int fewer) {
        used -= fewer;
    }

    /** vCPUs in use. */
    public int used() {
        return used;
    }
}
