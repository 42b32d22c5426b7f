package org.dailypapers.command.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.function.BiConsumer;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.async.FilePathAsync;

/**
 * The embedded database's file, in URLs {@code jdbc:h2:service:PATH}: no thread that is interrupted closes it, and a write
 * that fails, as on a full disk, is told before H2 learns of it.
 *
 * <p>H2 closes itself after such a failure, and what it does then cannot be trusted: threads have been seen to spin in
 * it, and later commits to be lost.
 */
public final class DatabaseFile extends FilePathAsync {

    private static final String SCHEME = "service";

    /** Given the file's name and why it could not be written. */
    private static volatile BiConsumer<String, IOException> failed = (file, reason) -> {};

    /**
     * Lets H2 know the scheme.
     *
     * @param failed called in the thread whose write has failed, with the file's name and the reason
     */
    public static void register(BiConsumer<String, IOException> failed) {
        DatabaseFile.failed = failed;
        FilePath.register(new DatabaseFile());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Watched(super.open(mode), name.substring(SCHEME.length() + 1));
    }

    private static final class Watched extends FileBase {
        private final FileChannel file;
        private final String name;

        Watched(FileChannel file, String name) {
            this.file = file;
            this.name = name;
        }

        private interface Change<T> {
            T make() throws IOException;
        }

        private <T> T changed(Change<T> change) throws IOException {
            try {
                return change.make();
            } catch (IOException e) {
                if (file.isOpen()) {
                    failed.accept(name, e);
                }
                throw e;
            }
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return changed(() -> file.write(from));
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return changed(() -> file.write(from, position));
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            return changed(() -> file.truncate(size));
        }

        @Override
        public void force(boolean metaData) throws IOException {
            changed(() -> {
                file.force(metaData);
                return file;
            });
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return file.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
