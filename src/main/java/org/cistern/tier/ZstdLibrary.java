package org.cistern.tier;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where zstd unpacks its own library before it is used first. */
public final class ZstdLibrary {

  private static final String FOLDER = "ZstdTempFolder";
  private static final String PATH = "ZstdNativePath";

  private ZstdLibrary() {}

  /** Has it unpacked in a folder where the system's temporary one cannot be written. */
  public static void mayUse(Path folder) {
    boolean named = System.getProperty(FOLDER) != null || System.getProperty(PATH) != null;
    if (!named && !Files.isWritable(Path.of(System.getProperty("java.io.tmpdir")))) {
      System.setProperty(FOLDER, folder.toAbsolutePath().toString());
    }
  }
}
