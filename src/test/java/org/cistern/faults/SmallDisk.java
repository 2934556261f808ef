package org.cistern.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder with little room for the process that is started on it, which more can be made for. */
enum SmallDisk {

  /**
   * A file system of its own, in memory, of 8 MB, half of them taken by a file that is deleted to
   * make room: the system says ENOSPC. It is mounted in name spaces of the process.
   */
  FILE_SYSTEM(
      "unshare --user --map-root-user --mount",
      "mount -t tmpfs -o size=8m tmpfs \"$0\" && head -c 4194304 /dev/zero > \"$0/filler\"") {
    @Override
    void makeRoom(GatewayProcess gateway, Path folder) throws IOException {
      Files.delete(
          Path.of("/proc", Long.toString(gateway.pid()), "root")
              .resolve("./" + folder + "/filler"));
    }
  },

  /**
   * A limit on the size of each file, lifted to make room: the system says EFBIG. In blocks of 512
   * bytes or of 1 KB, as shells differ; the driver's own library must fit.
   */
  FILE_SIZE("", "ulimit -S -f 16384") {
    @Override
    void makeRoom(GatewayProcess gateway, Path folder) throws Exception {
      String said = said(List.of("prlimit", "--pid", "" + gateway.pid(), "--fsize=unlimited:"));
      if (!said.isEmpty()) {
        throw new IOException("prlimit: " + said);
      }
    }
  };

  private final String apart;
  private final String script;

  SmallDisk(String apart, String script) {
    this.apart = apart;
    this.script = script;
  }

  /** Makes room. */
  abstract void makeRoom(GatewayProcess gateway, Path folder) throws Exception;

  /** Returns what stands before a command that is to have this folder with little room. */
  List<String> before(Path folder) {
    List<String> command = new ArrayList<>();
    if (!apart.isEmpty()) {
      command.addAll(List.of(apart.split(" ")));
    }
    command.addAll(List.of("sh", "-c", script + " && exec \"$@\"", folder.toString()));
    return command;
  }

  /** Returns why it is not to be had here, or an empty text. */
  String impossible(Path folder) throws Exception {
    List<String> command = before(folder);
    command.add("prlimit");
    command.add("--version");
    String said = said(command);
    return said.startsWith("prlimit from") ? "" : this + " cannot be had here: " + said;
  }

  private static String said(List<String> command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      return said.strip();
    } catch (IOException noSuchProgram) {
      return String.valueOf(noSuchProgram.getMessage());
    }
  }
}
