package org.cistern.camel.engine.body;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongConsumer;

/** One file of a form on its way to the disk. Each step waits for the one before it. */
final class FormFile {

  private static final String OWNERS = "rwx------";

  private final FileSystem disk;
  private final String path;
  private final LongConsumer told;
  private Future<AsyncFile> written;

  FormFile(FileSystem disk, Path folder, LongConsumer told) {
    this.disk = disk;
    this.path = folder.resolve(UUID.randomUUID().toString()).toString();
    this.told = told;
    this.written = open().recover(none -> make(folder).compose(made -> open()));
  }

  private Future<AsyncFile> open() {
    return disk.open(path, new OpenOptions());
  }

  private Future<Void> make(Path folder) {
    return disk.mkdirs(folder.toString(), OWNERS);
  }

  String path() {
    return path;
  }

  void write(Buffer data) {
    written =
        written
            .compose(file -> file.write(data).map(file))
            .onSuccess(file -> told.accept(data.length()));
  }

  /** Completes once all of it is on the disk. */
  Future<Void> close() {
    return written.compose(AsyncFile::close);
  }

  /** One that is still written to is closed first, or it would be there again. */
  void delete() {
    close().onComplete(closed -> disk.delete(path));
  }
}
