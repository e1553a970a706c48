package io.cloudpits.core.learn;

import io.cloudpits.api.PerformanceHistory;
import io.cloudpits.api.contract.PerformanceHistoryContract;
import java.util.Optional;

class InMemoryPerformanceHistoryTest extends PerformanceHistoryContract {
    @Override
    protected PerformanceHistory emptyHistory() {
        return new InMemoryPerformanceHistory();
    }

    @Override
    protected Optional<PerformanceHistory> brokenHistory() {
        return Optional.empty();
    }
}
