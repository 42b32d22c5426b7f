package org.dailypapers.site.library;

import java.util.List;
import org.dailypapers.paper.PaperId;
import org.jspecify.annotations.Nullable;

/**
 * A paper of a library.
 *
 * @param ids arXiv ids and DOIs, those that tell most first
 * @param title null where it is not given
 * @param summary null where it is not given
 */
record Reference(
        List<PaperId> ids, @Nullable String title, @Nullable String summary) {}
