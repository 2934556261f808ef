package org.cistern.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each case runs in a process of its own, for a process loads the library only once. */
class ZstdLibraryTest {

  @TempDir Path all;

  private Path folder;
  private Path temporary;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(all.resolve("storage"));
    temporary = Files.createDirectory(all.resolve("temporary"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the process' map says where it is from")
  void theTemporaryFolderIsNotUsedThoughItCanBeWritten() throws Exception {
    assertThat(packed())
        .contains("packed: true")
        .contains(folder + "/libzstd-jni")
        .doesNotContain(temporary + "/libzstd-jni");
  }

  @Test
  void nothingStaysInTheStorageFolder() throws Exception {
    assertThat(packed()).contains("packed: true");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStorageFolderThatIsGoneIsNoObstacle() throws Exception {
    Files.delete(folder);
    assertThat(packed()).contains("packed: true");
  }

  @Test
  void withoutTheLibraryNothingIsPackedAndThatIsSaidOnce() throws Exception {
    String output = packed("-DZstdNativePath=" + folder.resolve("nowhere"));
    assertThat(output)
        .contains("packed: false")
        .containsOnlyOnce("the library of zstd cannot be loaded");
  }

  private String packed(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Packing.class.getName(),
            folder.toString()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    return output;
  }

  /** Packs twice, and says which files the process has mapped. */
  static final class Packing {
    public static void main(String[] args) throws IOException {
      ZstdLibrary.mayUse(Path.of(args[0]));
      byte[] body = "text ".repeat(1000).getBytes(StandardCharsets.UTF_8);
      ZstdCompression zstd = new ZstdCompression();
      boolean first = zstd.pack(body) != null;
      System.out.println("packed: " + (zstd.pack(body) != null && first));
      Path maps = Path.of("/proc/self/maps");
      if (Files.exists(maps)) {
        System.out.println(Files.readString(maps));
      }
    }
  }
}
