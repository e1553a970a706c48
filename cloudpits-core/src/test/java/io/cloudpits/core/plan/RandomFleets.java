package io.cloudpits.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random fleet problems for tests: 5 to 60 pools, 2 to 100 instances, pool limits and vCPU quotas, all mixed. */
final class RandomFleets {
    private final Random random;

    RandomFleets(long seed) {
        random = new Random(seed);
    }

    FleetProblem problem(int pools, int instances, double confidence) {
        boolean limited = random.nextBoolean();
        List<FleetItem> items = new ArrayList<>();
        double[] vcpus = new double[pools];
        for (int i = 0; i < pools; i++) {
            vcpus[i] = 1 << random.nextInt(6);
            double rate = vcpus[i] * (0.5 + random.nextDouble());
            double price = vcpus[i] * 0.02 * (0.4 + 1.6 * random.nextDouble());
            int max = limited ? 1 + random.nextInt(8) : instances;
            double spread = confidence > 0 ? rate * 0.1 * random.nextDouble() : 0;
            double error = confidence > 0 ? rate * 0.1 * random.nextDouble() : 0;
            items.add(new FleetItem(rate, price, 0, max, spread, "type" + random.nextInt(pools), error));
        }
        List<FleetRow> rows = new ArrayList<>();
        double[] ones = new double[pools];
        java.util.Arrays.fill(ones, 1);
        rows.add(new FleetRow("instances", ones, instances));
        for (int quota = random.nextInt(3); quota > 0; quota--) {
            double[] weights = new double[pools];
            for (int i = 0; i < pools; i++) {
                weights[i] = random.nextBoolean() ? vcpus[i] : 0;
            }
            rows.add(new FleetRow("quota " + quota, weights, 4 + random.nextInt(8 * instances)));
        }
        boolean computes = random.nextInt(4) == 0;
        return new FleetProblem(items, rows, computes ? 2 : 0, random.nextInt(3) == 0 ? 0 : 0.68, confidence);
    }

    /** A price per task between hopeless and generous. */
    double usdPerTaskCap() {
        return 0.02 / 3600 * (0.3 + 2.5 * random.nextDouble());
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    double upTo(double most) {
        return most * random.nextDouble();
    }
}
