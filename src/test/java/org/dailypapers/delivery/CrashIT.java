package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dailypapers.delivery.CrashLane.Kind;
import org.dailypapers.delivery.CrashReferee.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code ./bench crash} in small: every point once on each database. */
class CrashIT {

    @Test
    void aKillAtAnyPointLosesNothingAndRepeatsNoMoreThanWasUnderWay() throws Exception {
        List<Kind> kinds = List.of(Kind.H2, Kind.POSTGRESQL);
        for (Kind kind : kinds) {
            Assumptions.assumeTrue(KillableService.built(kind.build()), "skipped: not packaged yet: " + kind.build());
        }
        List<CrashPoint> points = List.of(CrashPoint.values());
        Map<Kind, CrashReferee.Verdict> verdicts = CrashBench.run(kinds, points, 1, 1);
        verdicts.forEach((kind, verdict) -> {
            List<Outcome> broken =
                    verdict.outcomes().stream().filter(o -> !o.kept()).toList();
            assertEquals(List.of(), broken, kind.toString());
            assertEquals(points.size(), verdict.kept(), kind.toString());
        });
    }
}
