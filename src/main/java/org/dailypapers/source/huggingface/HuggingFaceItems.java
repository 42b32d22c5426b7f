package org.dailypapers.source.huggingface;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.dailypapers.paper.Titles;

/** The items of an answer or a file, one after the other; only one of them is in memory at a time. */
public final class HuggingFaceItems {
    /** Several times the largest item seen, a paper of 3,303 authors. */
    private static final int LARGEST_ITEM = 8 << 20;

    private static final ObjectReader ITEM = JsonMapper.builder().build().reader();

    private HuggingFaceItems() {}

    /** Takes the items. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one item, any JSON value, and its position from 1; what it throws ends the reading. */
        void take(JsonNode item, long position) throws IOException;
    }

    /**
     * Reads the elements of an array, or objects that stand by themselves, in UTF-8, and closes the stream.
     *
     * @throws IOException where the text breaks off or is no JSON, with the place and the reason in one line; the items
     *     before it have been handed over
     */
    public static void read(InputStream in, Taker items) throws IOException {
        Allowance allowance = new Allowance(in);
        long position = 1;
        try (JsonParser parser = ITEM.getFactory().createParser(allowance)) {
            boolean within = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && !within) {
                    within = true;
                } else if (token == JsonToken.END_ARRAY) {
                    within = false;
                } else {
                    items.take(ITEM.readTree(parser), position);
                    position++;
                    allowance.renew();
                }
            }
        } catch (JsonProcessingException broken) {
            throw new IOException("record " + position + place(broken) + ": " + reason(broken), broken);
        } catch (TooLargeException tooLarge) {
            throw new IOException("record " + position + ": " + tooLarge.getMessage(), tooLarge);
        }
    }

    private static String place(JsonProcessingException broken) {
        JsonLocation location = broken.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(JsonProcessingException broken) {
        String reason = Titles.oneLine(broken.getOriginalMessage());
        return reason.length() <= 160 ? reason : reason.substring(0, 160) + "…";
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("larger than " + (LARGEST_ITEM >> 20) + " MB, or not JSON");
        }
    }

    private static final class Allowance extends FilterInputStream {
        private long left = LARGEST_ITEM;

        Allowance(InputStream in) {
            super(in);
        }

        void renew() {
            left = LARGEST_ITEM;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new TooLargeException();
            }
            int count = super.read(bytes, offset, length);
            left -= Math.max(count, 0);
            return count;
        }
    }
}
