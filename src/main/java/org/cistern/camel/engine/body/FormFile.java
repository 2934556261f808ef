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
  private final Future<AsyncFile> opened;
  private Future<Void> written;

  FormFile(FileSystem disk, Path folder, LongConsumer told) {
    this.disk = disk;
    this.path = folder.resolve(UUID.randomUUID().toString()).toString();
    this.told = told;
    this.opened = open().recover(none -> make(folder).compose(made -> open()));
    this.written = opened.mapEmpty();
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
            .compose(before -> opened.result().write(data))
            .onSuccess(done -> told.accept(data.length()));
  }

  /** Completes once all of it is on the disk; one that cannot be written is closed as well. */
  Future<Void> close() {
    Future<Void> all = written;
    return all.transform(done -> opened.compose(AsyncFile::close).compose(closed -> all));
  }

  /** Completes once it is gone. One still written to is closed first, or it would be back. */
  Future<Void> delete() {
    return close().transform(closed -> disk.delete(path));
  }
}
