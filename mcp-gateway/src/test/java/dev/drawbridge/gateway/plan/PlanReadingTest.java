package dev.drawbridge.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class PlanReadingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    thrown-away  | dominates    | Seq Scan on part: 100 % of the time
                    thrown-away  | filtered     | Seq Scan on part: reads 100,000 rows and keeps 0
                    correlated   | misestimated | Seq Scan on part: 1,000 rows where
                    correlated   | misestimated | conditions count as independent
                    spilled-sort | dominates    | Sort: 8
                    spilled-sort | spilled      | Sort: sorts on disk, 10,0
                    hash-batches | spilled      | Hash: hashes in 16 parts through disk
                    many-loops   | loops        | starts Index
                    lossy        | rechecked    | its bitmap did not fit
                    parallel     | workers      | Gather: got 1 of 4 workers
                    heap-fetches | heap_fetches | goes to the table for 160,002 rows
                    """)
    void what_a_plan_tells_is_found_in_those_of_both_versions(
            String file, String about, String says) {
        for (String version : List.of("15", "18")) {
            List<Remark> remarks = PlanReading.of(PlanFile.read(file + "-" + version));

            assertThat(remarks)
                    .as("%s of %s", file, version)
                    .anySatisfy(remark -> {
                        assertThat(remark.about()).isEqualTo(about);
                        assertThat(remark.line()).contains(says);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    subquery     | loops        | runs 29,999 times, as a subquery of each row
                    materialized | dominates    | NOT MATERIALIZED
                    materialized | filtered     | keeps 1. Try: its condition inside the WITH
                    materialized | spilled      | keeps its rows on disk, 35,640 kB
                    """)
    void what_is_computed_anew_or_in_vain_is_found(String file, String about, String says) {
        assertThat(PlanReading.of(PlanFile.read(file + "-18")))
                .anySatisfy(remark -> {
                    assertThat(remark.about()).isEqualTo(about);
                    assertThat(remark.line()).contains(says);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-18", "few-pages-18"})
    void nothing_is_said_of_what_takes_no_time_or_reads_few_pages(String file) {
        assertThat(PlanReading.of(PlanFile.read(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "jit-15")
    void compiling_is_told_of(String file) {
        assertThat(PlanReading.of(PlanFile.read(file)))
                .extracting(Remark::line)
                .contains(
                        "compiling (JIT) takes 61 % of the time. Try: jit = off, or a higher"
                                + " jit_above_cost.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown-away", "parallel", "heap-fetches", "lossy"})
    void what_is_estimated_well_is_not_blamed(String file) {
        for (String version : List.of("15", "18")) {
            assertThat(PlanReading.of(PlanFile.read(file + "-" + version)))
                    .as("%s of %s", file, version)
                    .extracting(Remark::about)
                    .doesNotContain("misestimated");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thrown-away",
                "correlated",
                "spilled-sort",
                "hash-batches",
                "many-loops",
                "lossy",
                "parallel",
                "heap-fetches",
                "nested"
            })
    void shares_are_of_the_whole_and_each_remark_is_one_short_line(String file) {
        for (String version : List.of("15", "18")) {
            Plan plan = PlanFile.read(file + "-" + version);
            var shares = PlanShares.of(plan);

            assertThat(plan.root().all().mapToDouble(shares::of).sum()).isEqualTo(1, within(0.01));
            assertThat(plan.root().all())
                    .allSatisfy(node -> assertThat(shares.of(node)).isBetween(0.0, 1.0));
            assertThat(PlanReading.of(plan))
                    .hasSizeLessThanOrEqualTo(6)
                    .allSatisfy(remark -> assertThat(remark.line()).hasSizeLessThan(220));
        }
    }
}
