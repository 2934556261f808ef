package org.cistern.camel.engine.body;

import io.vertx.core.Future;
import io.vertx.core.file.FileSystem;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.FileUploadImpl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.cistern.loop.ByteBudget;

/** The files of one form on their way to the disk; each is gone with the response. */
final class FormParts {

  private final RoutingContext passing;
  private final FileSystem disk;
  private final Path folder;
  private final LongConsumer written;
  private final ByteBudget.Share kept;
  private final List<FormFile> files = new ArrayList<>();
  private final List<Future<Void>> closed = new ArrayList<>();
  private int open;

  /**
   * Makes it without any.
   *
   * @param room what all forms may hold on the disk
   * @param written hears of so many bytes that are on the disk, and no longer here
   */
  FormParts(RoutingContext passing, Path folder, ByteBudget room, LongConsumer written) {
    this.passing = passing;
    this.disk = passing.vertx().fileSystem();
    this.folder = folder;
    this.kept = room.share();
    this.written = written;
    passing.addEndHandler(ended -> delete());
  }

  private void delete() {
    Future.join(files.stream().map(FormFile::delete).toList()).onComplete(gone -> kept.end());
  }

  /** Tells whether so many more bytes of a form that has a file may go to the disk. */
  boolean hasRoom(long bytes) {
    return files.isEmpty() || kept.take(bytes);
  }

  /** A file begins. It is never paused, so that its end is heard of before that of the form. */
  void take(HttpServerFileUpload upload) {
    FormFile file = new FormFile(disk, folder, written);
    passing.fileUploads().add(new FileUploadImpl(disk, file.path(), upload));
    files.add(file);
    open++;
    upload.handler(file::write).endHandler(end -> close(file));
  }

  private void close(FormFile file) {
    open--;
    closed.add(file.close());
  }

  /** Tells whether a file has begun that has not ended. */
  boolean isOpen() {
    return open > 0;
  }

  /** Completes once all of them are on the disk. */
  Future<?> written() {
    return Future.all(closed);
  }
}
