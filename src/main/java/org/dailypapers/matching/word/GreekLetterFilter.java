package org.dailypapers.matching.word;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Puts its name in the place of a single Greek letter, so that β-VAE and beta-VAE are one; likewise in Lyα and π0, among
 * letters of other scripts and digits. Greek words stay.
 */
final class GreekLetterFilter extends TokenFilter {

    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry('α', "alpha"),
            Map.entry('β', "beta"),
            Map.entry('γ', "gamma"),
            Map.entry('δ', "delta"),
            Map.entry('ε', "epsilon"),
            Map.entry('ϵ', "epsilon"),
            Map.entry('ζ', "zeta"),
            Map.entry('η', "eta"),
            Map.entry('θ', "theta"),
            Map.entry('ϑ', "theta"),
            Map.entry('ι', "iota"),
            Map.entry('κ', "kappa"),
            Map.entry('ϰ', "kappa"),
            Map.entry('λ', "lambda"),
            Map.entry('μ', "mu"),
            Map.entry('µ', "mu"),
            Map.entry('ν', "nu"),
            Map.entry('ξ', "xi"),
            Map.entry('π', "pi"),
            Map.entry('ϖ', "pi"),
            Map.entry('ρ', "rho"),
            Map.entry('ϱ', "rho"),
            Map.entry('σ', "sigma"),
            Map.entry('ς', "sigma"),
            Map.entry('τ', "tau"),
            Map.entry('υ', "upsilon"),
            Map.entry('φ', "phi"),
            Map.entry('ϕ', "phi"),
            Map.entry('χ', "chi"),
            Map.entry('ψ', "psi"),
            Map.entry('ω', "omega"));

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    GreekLetterFilter(TokenStream folded) {
        super(folded);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (isLetterAmongOthers()) {
            String word = term.toString();
            term.setEmpty();
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                String name = NAMES.get(c);
                if (name == null) {
                    term.append(c);
                } else {
                    term.append(name);
                }
            }
        }
        return true;
    }

    /** Whether it holds a Greek letter, and no other one beside it. */
    private boolean isLetterAmongOthers() {
        boolean any = false;
        boolean before = false;
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            boolean greek = c >= 0x80 && NAMES.containsKey(c);
            if (greek && before) {
                return false;
            }
            any |= greek;
            before = greek;
        }
        return any;
    }
}
