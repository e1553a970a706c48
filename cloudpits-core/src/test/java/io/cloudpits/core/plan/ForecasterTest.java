package io.cloudpits.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cloudpits.api.Forecast;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecasterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static Forecaster.Member member(
            int count, double rate, double spread, double ready, double usd, int workers) {
        return new Forecaster.Member(count, rate, spread, "type" + rate, 0, ready, usd, workers);
    }

    private static Forecast forecast(double tasks, TaskShape shape, Forecaster.Member... fleet) {
        return new Forecaster(tasks, 0, 0.72, 0, List.of(fleet), shape).forecast(NOW, 5);
    }

    /** Two at 1 task/s now and two at 2 after 100 s: 1000 tasks are 200 in 100 s and the rest at 6 tasks/s. */
    @Test
    void countsWhatStartsLaterFromThenOn() {
        Forecast f = forecast(1000, TaskShape.FLUID, member(2, 1, 0, 0, 0.36, 1), member(2, 2, 0, 100, 0.36, 1));

        double seconds = 100 + 800 / 6.0;
        assertThat(f.secondsLeft().expected()).isCloseTo(seconds, within(1e-9));
        assertThat(f.costUsd().expected()).isCloseTo(5 + seconds * (4 * 0.36 + 0.72) / 3600, within(1e-9));
        assertThat(f.secondsLeft().low()).isEqualTo(f.secondsLeft().high());
    }

    @Test
    void whatIsReadyTooLateDoesNotCount() {
        Forecast f = forecast(100, TaskShape.FLUID, member(1, 1, 0, 0, 0.36, 1), member(9, 9, 0, 500, 0, 1));

        assertThat(f.secondsLeft().expected()).isCloseTo(100, within(1e-9));
    }

    /** Four at 1 +- 0.1 task/s: the sum is 4 +- 0.2, so that 95 % are 4 + 1.645 x 0.2. */
    @Test
    void theSpreadBetweenInstancesAddsInQuadrature() {
        Forecast f = forecast(4000, TaskShape.FLUID, member(4, 1, 0.1, 0, 0, 1));

        assertThat(f.secondsLeft().low()).isCloseTo(4000 / (4 + 1.644854 * 0.2), within(0.01));
        assertThat(f.secondsLeft().high()).isCloseTo(4000 / (4 - 1.644854 * 0.2), within(0.01));
    }

    @Test
    void aFleetThatComputesNothingNeverFinishes() {
        assertThat(forecast(10, TaskShape.FLUID).secondsLeft().expected()).isInfinite();
    }

    /** 640 slots, half of them at 0.6 speed, cv 0.5: a list schedule takes about 1.76 / 1.34 / 1.13 times the fluid time. */
    @ParameterizedTest
    @CsvSource({"5, 1.76", "10, 1.34", "30, 1.13"})
    void theTailIsThatOfAListSchedule(int tasksPerSlot, double published) {
        var shape = new TaskShape(100, 0.5);
        double tasks = 640.0 * tasksPerSlot;
        Forecast f =
                forecast(tasks, shape, member(20, 16 / 100.0, 0, 0, 1, 16), member(20, 0.6 * 16 / 100.0, 0, 0, 1, 16));
        double fluid = tasks / (320 / 100.0 + 320 * 0.6 / 100.0);
        double simulated = 0;
        for (int seed = 0; seed < 40; seed++) {
            simulated += listSchedule((int) tasks, new Random(seed)) / fluid / 40;
        }

        assertThat(simulated).isCloseTo(published, within(0.06));
        assertThat(f.secondsLeft().expected() / fluid).isCloseTo(simulated, within(0.05 * simulated));
    }

    private static double listSchedule(int tasks, Random random) {
        PriorityQueue<double[]> slots = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
        for (int i = 0; i < 640; i++) {
            slots.add(new double[] {0, i < 320 ? 1 : 0.6});
        }
        double sigma = Math.sqrt(Math.log1p(0.25));
        double last = 0;
        for (int i = 0; i < tasks; i++) {
            double[] slot = slots.remove();
            double size = 100 * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            double end = slot[0] + size / slot[1];
            last = Math.max(last, end);
            slots.add(new double[] {end, slot[1]});
        }
        return last;
    }

    /** The residual of a task that is seen at a random moment, against drawn ones. */
    @Test
    void theResidualIsThatOfRenewalTheory() {
        var random = new Random(3);
        double sigma = Math.sqrt(Math.log1p(0.25));
        int inside = 0;
        int seen = 0;
        double moment = 0;
        double at = 0;
        while (seen < 20_000) {
            double end = at + 60 * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            for (; moment < end; moment += 97) {
                seen++;
                inside += end - moment <= 40 ? 1 : 0;
            }
            at = end;
        }
        assertThat((double) inside / seen).isCloseTo(LogNormal.residual(40, 60, 0.5), within(0.015));
        assertThat(LogNormal.residual(0, 60, 0.5)).isCloseTo(0, within(1e-9));
        assertThat(LogNormal.residual(1e6, 60, 0.5)).isCloseTo(1, within(1e-6));
    }
}
