package org.dailypapers.matching;

import java.util.List;
import org.dailypapers.interest.Interest;

/**
 * What one reader asks for.
 *
 * @param interests lines of the language, those that mute among them; one that comes twice counts once
 * @param size the most papers in a letter
 * @param fill whether trending papers complete a letter
 * @param minVotes papers with fewer votes, or unknown ones, are left out where it is above 0
 */
public record Profile(List<Interest> interests, int size, boolean fill, int minVotes) {
    public Profile {
        interests = interests.stream().distinct().toList();
    }
}
