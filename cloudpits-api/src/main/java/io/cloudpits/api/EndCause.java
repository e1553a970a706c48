package io.cloudpits.api;

/** Why an instance ended. */
public enum EndCause {
    /** The provider took a Spot instance back: within its first hour it is not charged. */
    INTERRUPTED,
    /** This run asked for it. */
    REQUESTED,
    /** It shut itself down, for example because its lease ran out. */
    SELF,
    /** It failed on the provider's side. */
    FAILED,
    /** Not told; billed as if requested. */
    UNKNOWN
}
