package org.cistern.camel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cistern.camel.settings.SettingsException;
import org.cistern.tier.IoWords;

/**
 * The folder of the routes; where it holds none, those inside the program run.
 *
 * @param path where it is
 */
record RouteFolder(Path path) {

  /** The routes inside the program, by name: to look for them would take a second of the start. */
  static final List<String> INSIDE = List.of("api", "upstream", "errors", "demonstration");

  private static final String ROUTE = ".camel.yaml";

  private static final Set<String> OWN_FOLDERS = Set.of("examples", "kamelets");

  /**
   * Returns where Camel finds the routes.
   *
   * @throws SettingsException where the folder cannot be read
   */
  String pattern() {
    return holdsRoutes()
        ? "file:" + path + "/*.camel.yaml"
        : INSIDE.stream()
            .map(id -> "classpath:routes/" + id + ".camel.yaml")
            .collect(Collectors.joining(","));
  }

  /** Returns where Camel finds the kamelets. */
  String kamelets() {
    return "file:" + path + "/kamelets,classpath:routes/kamelets,classpath:kamelets";
  }

  private boolean holdsRoutes() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + ROUTE)) {
      return files.iterator().hasNext();
    } catch (NoSuchFileException none) {
      if (Files.isSymbolicLink(path)) {
        throw refused(none);
      }
      return false;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private SettingsException refused(IOException e) {
    String why = path + "/ cannot be read: " + IoWords.of(path, e);
    return new SettingsException(List.of(why));
  }

  /**
   * Returns a sentence for each file that looks like one of the routes and is not loaded.
   *
   * @param rules the name of the rule file
   */
  List<String> warnings(String rules) {
    List<String> warnings = new ArrayList<>();
    for (Path file : files(path)) {
      if (Files.isDirectory(file)) {
        nested(file).forEach(route -> warnings.add(unread(route)));
      } else if (!Files.exists(file)) {
        warnings.add(file + " is a link to nothing");
      } else if (isStray(file) && !isSame(file, Path.of(rules))) {
        warnings.add(unread(file));
      }
    }
    return warnings;
  }

  private String unread(Path file) {
    return "%s is not loaded; routes are in %s/*.camel.yaml, kamelets in %s/kamelets"
        .formatted(file, path, path);
  }

  /** By whatever path; a rule file that is not there is none of these. */
  private static boolean isSame(Path file, Path rules) {
    try {
      return Files.isSameFile(file, rules);
    } catch (IOException missing) {
      return false;
    }
  }

  private static boolean isStray(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yml") || (name.endsWith(".yaml") && !name.endsWith(ROUTE));
  }

  /** Hidden folders are how Kubernetes mounts what the links beside them point to. */
  private static List<Path> nested(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".") || OWN_FOLDERS.contains(name)
        ? List.of()
        : files(folder).stream().filter(file -> file.toString().endsWith(ROUTE)).toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
