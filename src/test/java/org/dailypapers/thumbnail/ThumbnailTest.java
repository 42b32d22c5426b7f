package org.dailypapers.thumbnail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailTest {

    static byte[] file(String format, int width, int height, Color color) throws IOException {
        boolean transparent = format.equals("png");
        var picture = new BufferedImage(
                width, height, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                picture.setRGB(x, y, color.getRGB());
            }
        }
        var bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(picture, format, bytes));
        return bytes.toByteArray();
    }

    private static BufferedImage seen(Thumbnail thumbnail) throws IOException {
        assertEquals((byte) 0xFF, thumbnail.jpeg()[0], "a JPEG begins with FF D8");
        assertEquals((byte) 0xD8, thumbnail.jpeg()[1]);
        return ImageIO.read(new ByteArrayInputStream(thumbnail.jpeg()));
    }

    @ParameterizedTest
    @CsvSource({
        "png, 1600, 1000, 400, 250",
        "jpeg, 1600, 1000, 400, 250",
        "gif, 801, 501, 400, 250",
        "png, 3000, 100, 400, 13",
        "jpeg, 100, 2000, 13, 250",
        "gif, 40, 30, 40, 30",
        "png, 1, 1, 1, 1",
        "png, 5000, 1, 400, 1"
    })
    void aPictureIsMadeSmallAndNeverLarger(String format, int width, int height, int wide, int high)
            throws IOException {
        BufferedImage seen = seen(Thumbnail.of(file(format, width, height, new Color(200, 30, 30))));
        assertEquals(wide + " × " + high, seen.getWidth() + " × " + seen.getHeight());
        assertTrue(new Color(seen.getRGB(wide / 2, high / 2)).getRed() > 150);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void whatJavaReadsBesidesIsNotTaken(String format) throws IOException {
        byte[] file = file(format, 20, 20, Color.RED);
        assertThrows(IOException.class, () -> Thumbnail.of(file));
    }

    @Test
    void ofAThinPictureNoMoreIsHeldThanOfAnother() throws IOException {
        BufferedImage seen = seen(Thumbnail.of(file("png", 300, 60_000, Color.RED)));
        assertEquals("1 × 250", seen.getWidth() + " × " + seen.getHeight());
    }

    @Test
    void whatIsTransparentIsWhite() throws IOException {
        BufferedImage seen = seen(Thumbnail.of(file("png", 50, 50, new Color(0, 0, 0, 0))));
        assertEquals(Color.WHITE, new Color(seen.getRGB(25, 25)));
    }

    @Test
    void twoPicturesHaveTwoHashesAndOneHasOne() throws IOException {
        String red = Thumbnail.of(file("png", 50, 50, Color.RED)).hash();
        assertEquals(red, Thumbnail.of(file("png", 50, 50, Color.RED)).hash());
        assertNotEquals(red, Thumbnail.of(file("png", 50, 50, Color.BLUE)).hash());
        assertTrue(red.matches("[0-9a-f]{24}"), red);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BM",
                "II*\0",
                "<html></html>",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "RIFF....WEBPVP8 "
            })
    void whatIsNoPictureIsTold(String file) {
        assertThrows(IOException.class, () -> Thumbnail.of(file.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a header promises is looked at before memory is taken for it. */
    @Test
    void aPictureThatSaysItIsHugeIsNotRead() throws IOException {
        byte[] file = file("png", 10, 10, Color.RED);
        ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000);
        var sum = new CRC32();
        sum.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) sum.getValue());
        String said = assertThrows(IOException.class, () -> Thumbnail.of(file)).getMessage();
        assertTrue(said.contains("60000 × 60000"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void whatIsBrokenIsReadOrTold(String format) throws IOException {
        long seed = 7;
        var random = new Random(seed);
        byte[] whole = file(format, 60, 40, Color.GREEN);
        for (int i = 0; i < 300; i++) {
            byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length));
            if (i % 2 == 0) {
                broken = whole.clone();
                for (int n = 0; n < 5; n++) {
                    // Behind the header: a size that is changed there is another test's.
                    broken[33 + random.nextInt(broken.length - 33)] = (byte) random.nextInt();
                }
            }
            try {
                Thumbnail.of(broken);
            } catch (IOException told) {
                // As it should be.
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + seed, other);
            }
        }
    }
}
