package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.delivery.CrashLane.Kind;
import org.dailypapers.delivery.CrashReferee.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code ./bench crash} in small: every point once, by turns on the one database and the other. */
class CrashIT {

    @Test
    void aKillAtAnyPointLosesNothingAndRepeatsNoMoreThanWasUnderWay() throws Exception {
        Map<Kind, List<CrashPoint>> points = new EnumMap<>(Kind.class);
        for (CrashPoint point : CrashPoint.values()) {
            points.computeIfAbsent(point.ordinal() % 2 == 0 ? Kind.H2 : Kind.POSTGRESQL, kind -> new ArrayList<>())
                    .add(point);
        }
        for (Kind kind : points.keySet()) {
            Assumptions.assumeTrue(KillableService.built(kind.build()), "skipped: not packaged yet: " + kind.build());
        }
        CrashMatrix.run(points, 1, 1).forEach((kind, verdict) -> {
            List<Outcome> broken =
                    verdict.outcomes().stream().filter(o -> !o.kept()).toList();
            assertEquals(List.of(), broken, kind.toString());
            assertEquals(points.get(kind).size(), verdict.kept(), kind.toString());
        });
    }
}
