package org.dailypapers.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.huggingface.HuggingFaceItems;
import org.dailypapers.source.huggingface.HuggingFaceRecords;

/** Answers of Hugging Face's interface: a bare JSON array of items, or an item by itself. */
final class HfJsonFormat implements PaperFormat {
    private static final Pattern ONE_ITEM = Pattern.compile(
            "\\{\\s*\"(?:paper\"\\s*:\\s*\\{|.*?\"(?:submittedOnDailyAt|discussionId|upvotes|numComments)\"\\s*:)",
            Pattern.DOTALL);

    @Override
    public String name() {
        return "hf-json";
    }

    @Override
    public String source() {
        return "huggingface";
    }

    @Override
    public boolean recognises(byte[] head, String fileName) {
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        return text.startsWith("[") || ONE_ITEM.matcher(text).lookingAt();
    }

    @Override
    public void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException {
        LocalDate edition = context.edition().orElse(null);
        FirstRecords first = new FirstRecords(reject);
        try {
            HuggingFaceItems.read(in, (item, position) -> take(item, position, edition, accept, first));
        } catch (UnreadableFileException rubbish) {
            throw new UnreadableFileException("hf-json: " + rubbish.getMessage(), rubbish);
        } catch (IOException broken) {
            first.flush();
            throw new UnreadableFileException("hf-json: " + broken.getMessage(), broken);
        }
        first.flush();
    }

    private static void take(
            JsonNode item, long position, LocalDate edition, Consumer<PaperRecord> accept, FirstRecords first)
            throws UnreadableFileException {
        PaperRecord paper;
        try {
            paper = HuggingFaceRecords.of(item, edition);
        } catch (IllegalArgumentException unusable) {
            first.rejected(new Rejection("record " + position, unusable.getMessage()));
            return;
        }
        first.accepted();
        accept.accept(paper);
    }
}
