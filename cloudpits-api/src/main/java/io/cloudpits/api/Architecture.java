package io.cloudpits.api;

/** Processor architecture of an instance type, by AWS's names. */
public enum Architecture {
    X86_64,
    ARM64,
    /** Not known; only chosen where the requirements do not ask for an architecture. */
    UNKNOWN
}
