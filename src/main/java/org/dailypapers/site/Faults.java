package org.dailypapers.site;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Said;

/** What is wrong with the fields of a form, in a reader's language. */
final class Faults {

    private Faults() {}

    /** By the fields' names, in their order. */
    static Map<String, String> in(FaultMessages say, Map<String, Said> faults) {
        var sentences = new LinkedHashMap<String, String>();
        faults.forEach((field, fault) -> sentences.put(field, fault.in(say)));
        return sentences;
    }
}
