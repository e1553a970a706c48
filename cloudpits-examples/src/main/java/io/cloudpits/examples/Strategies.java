package io.cloudpits.examples;

import io.cloudpits.api.Require;
import io.cloudpits.core.plan.FleetStrategy;
import io.cloudpits.core.plan.SeedStrategy;
import io.cloudpits.core.plan.Strategy;
import java.util.List;

/** The strategies by name. */
final class Strategies {
    private Strategies() {}

    static Strategy named(String name) {
        List<Strategy> all = List.of(new FleetStrategy(), new SeedStrategy());
        return all.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Require.bad(
                        "--strategy",
                        name,
                        "one of " + all.stream().map(Strategy::name).toList()));
    }
}
