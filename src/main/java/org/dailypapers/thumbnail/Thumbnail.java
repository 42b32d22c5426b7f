package org.dailypapers.thumbnail;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as lists show it: a JPEG of 400 × 250 pixels at most, with nothing of the file that it was made from but what
 * is to be seen.
 *
 * @param jpeg the file
 * @param hash of it, in hexadecimal digits
 */
record Thumbnail(byte[] jpeg, String hash) {

    static final int WIDTH = 400;
    static final int HEIGHT = 250;

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif");

    /** What is larger takes too long to be read. */
    private static final long MOST_PIXELS = 25_000_000;

    /** Of these no more are held, of up to eight bytes each. */
    private static final long MOST_READ = 4_000_000;

    private static final int BYTES_OF_HASH = 12;
    private static final float QUALITY = 0.82f;

    /**
     * Reads a PNG, JPEG or GIF, of which the first frame.
     *
     * @throws IOException where it is none that can be read, or too large
     */
    static Thumbnail of(byte[] file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = reader(in);
            try {
                reader.setInput(in, true, true);
                return of(read(reader));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException | OutOfMemoryError broken) {
            throw new IOException("it cannot be read: " + broken.getMessage(), broken);
        }
    }

    /** Java reads others too, some with memory that no header tells of. */
    private static ImageReader reader(ImageInputStream in) throws IOException {
        var readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw new IOException("it is no PNG, JPEG or GIF");
    }

    private static BufferedImage read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        if (pixels > MOST_PIXELS) {
            throw new IOException("it has " + width + " × " + height + " pixels");
        }
        // Twice what is wanted, so that scaling has something to average, and no more than memory has room for.
        int wanted = Math.min(width / (2 * WIDTH), height / (2 * HEIGHT));
        int fitting = (int) Math.ceil(Math.sqrt(pixels / (double) MOST_READ));
        int step = Math.max(1, Math.max(wanted, fitting));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    private static Thumbnail of(BufferedImage picture) throws IOException {
        double scale =
                Math.min(1, Math.min(WIDTH / (double) picture.getWidth(), HEIGHT / (double) picture.getHeight()));
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        byte[] jpeg = jpeg(small);
        return new Thumbnail(jpeg, hash(jpeg));
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, BYTES_OF_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
