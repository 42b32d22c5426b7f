package org.dailypapers.language;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What pages say to their readers, in one language; in templates {@code page:}. The sentences stand in
 * {@code messages/page_en.properties} and beside it, under the names of these methods.
 */
@MessageBundle(value = "page", locale = Languages.ENGLISH)
public interface PageMessages {

    String language();
}
