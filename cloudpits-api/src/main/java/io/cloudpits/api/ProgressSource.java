package io.cloudpits.api;

/** The Job Manager's word on its job. Supplied by the embedder; called once per tick. */
@FunctionalInterface
public interface ProgressSource {
    /**
     * How far the job is now. Must not block for long: the tick waits for it.
     *
     * @throws CloudPitsException if progress cannot be told at present; the last good value is kept with its age
     */
    Progress progress();
}
