package org.cistern.camel.engine.body;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One file of a form, on a disk that is full. */
@EnabledOnOs(OS.LINUX)
class FormFileTest {

  private static final Path FULL = Path.of("/dev/full");

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void oneThatCannotBeWrittenSaysSoAndIsClosed() throws Exception {
    CompletableFuture<Void> closed = onLoop(() -> written().close());

    assertThatThrownBy(() -> closed.get(20, SECONDS)).hasMessageContaining("No space left");
    assertThat(descriptors()).isZero();
  }

  @Test
  void oneThatCannotBeWrittenIsClosedWhereItsFormIsGivenUp() throws Exception {
    CompletableFuture<Void> gone = onLoop(() -> written().delete());

    await().until(gone::isDone);
    assertThat(descriptors()).isZero();
  }

  private FormFile written() {
    FormFile file = new FormFile(full(), folder, bytes -> {});
    file.write(Buffer.buffer("some"));
    file.write(Buffer.buffer("more"));
    return file;
  }

  private CompletableFuture<Void> onLoop(Supplier<Future<Void>> task) {
    Future<Void> end =
        Future.future(to -> vertx.runOnContext(nothing -> task.get().onComplete(to)));
    return end.toCompletionStage().toCompletableFuture();
  }

  /** Returns a file system in which each file is the device that is always full. */
  private FileSystem full() {
    FileSystem real = vertx.fileSystem();
    return (FileSystem)
        Proxy.newProxyInstance(
            FileSystem.class.getClassLoader(),
            new Class<?>[] {FileSystem.class},
            (proxy, method, arguments) ->
                method.getName().equals("open")
                    ? real.open(FULL.toString(), new OpenOptions())
                    : method.invoke(real, arguments));
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(FormFileTest::isFull).count();
    }
  }

  private static boolean isFull(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(FULL);
    } catch (IOException closed) {
      return false;
    }
  }
}
