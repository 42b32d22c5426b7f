package org.dailypapers.bounce;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a mail that came back says.
 *
 * @param outcomes one for each recipient that it tells of, at least one; the first is what most concerns the letter
 * @param letter the Message-ID of the letter that it is about, with its angle brackets
 * @param to the addresses that it was sent to, as its head says
 * @param from the addresses that the letter was sent from, as far as it tells
 * @param written whether somebody wrote it, and no machine in answer to a letter
 */
public record Report(
        List<Outcome> outcomes, Optional<String> letter, List<String> to, List<String> from, boolean written) {

    public Report {
        outcomes = List.copyOf(outcomes);
    }

    /** What the whole of it means: of a report on several recipients, the first failure. */
    public Outcome main() {
        return outcomes.stream()
                .filter(o -> o.kind() != BounceClass.DELIVERED)
                .findFirst()
                .orElse(outcomes.getFirst());
    }

    /** The recipients of whom the same is told, parted by commas. */
    public String recipients() {
        return outcomes.stream()
                .filter(o -> o.kind() == main().kind())
                .map(Outcome::recipient)
                .filter(r -> !r.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
    }
}
