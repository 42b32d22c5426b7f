package org.dailypapers.digest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.index.Candidate;
import org.dailypapers.matching.index.EditionIndex;
import org.jspecify.annotations.Nullable;

/**
 * One paper of a digest: what was chosen, why, and what the letter shows of it as it was at composing. The words that met
 * the interest are found again when the letter is written, but for likeness, which is learned anew meanwhile.
 *
 * @param paper its id
 * @param first the epoch day of its first edition
 * @param interest the line that gave it most; none for a trending one
 * @param also the other lines that say why, the one that gave most first
 * @param score of the match
 * @param votes where they are known
 * @param comments where they are known
 * @param rank in its edition
 * @param gained votes, where it was rising
 * @param shared the stems that make it like the paper that one of the lines names
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Chosen(
        @JsonProperty("p") long paper,
        @JsonProperty("f") long first,
        @JsonProperty("i") @Nullable String interest,
        @JsonProperty("a") @Nullable List<String> also,
        @JsonProperty("s") double score,
        @JsonProperty("v") @Nullable Integer votes,
        @JsonProperty("c") @Nullable Integer comments,
        @JsonProperty("r") @Nullable Integer rank,
        @JsonProperty("g") int gained,
        @JsonProperty("w") @Nullable List<String> shared) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Chosen>> LIST = new TypeReference<>() {};
    private static final ObjectReader READER = JSON.readerFor(LIST).with(StreamReadFeature.USE_FAST_DOUBLE_PARSER);
    private static final ObjectWriter WRITER = JSON.writerFor(LIST).with(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);

    /** The lines that say why, the one that gave most first; none for a trending one. */
    public List<String> interests() {
        return interest == null
                ? List.of()
                : also == null
                        ? List.of(interest)
                        : Stream.concat(Stream.of(interest), also.stream()).toList();
    }

    /** The stems that make it like the paper that one of the lines names; none where none does. */
    public List<String> stems() {
        return shared == null ? List.of() : shared;
    }

    /**
     * @param interests the lines that say why, the one that gives most first; none for a trending one
     * @param shared the stems that make it like the paper that one of them names
     */
    static Chosen of(Candidate candidate, List<String> interests, List<String> shared, double score) {
        var paper = candidate.paper();
        return new Chosen(
                paper.id,
                paper.firstEdition.toEpochDay(),
                interests.isEmpty() ? null : interests.getFirst(),
                interests.size() < 2 ? null : interests.subList(1, interests.size()),
                Math.round(score * 10_000) / 10_000.0,
                paper.votes,
                paper.comments,
                candidate.rank(),
                candidate.gained(),
                shared.isEmpty() ? null : shared);
    }

    /** @param index that the match is of */
    static Chosen of(Match match, EditionIndex index) {
        List<String> interests = match.interest() == null
                ? List.of()
                : Stream.concat(Stream.of(match.interest()), match.also().stream())
                        .toList();
        List<String> shared = interests.stream()
                .flatMap(line -> InterestParser.parse(line) instanceof Interest interest
                        ? index.shared(match.candidate().paper(), interest).stream()
                        : Stream.of())
                .toList();
        return of(match.candidate(), interests, shared, match.score());
    }

    /** The list as one column of JSON. */
    static String write(List<Chosen> chosen) {
        try {
            return WRITER.writeValueAsString(chosen);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of choices can always be written", e);
        }
    }

    static List<Chosen> read(String column) {
        try {
            return READER.readValue(column);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column that holds no choices: " + e.getOriginalMessage(), e);
        }
    }
}
