package org.cistern.camel;

import java.util.Properties;
import java.util.function.Predicate;
import org.apache.camel.Ordered;
import org.apache.camel.spi.LoadablePropertiesSource;
import org.cistern.camel.settings.PropertiesFile;
import org.jspecify.annotations.Nullable;

/**
 * What routes and Camel find in {@code application.properties}, read as the settings are. Camel
 * itself would read it as ISO 8859-1, a byte order mark with the first key.
 *
 * @param properties what is in the file
 */
record FileProperties(Properties properties) implements LoadablePropertiesSource, Ordered {

  @Override
  public String getName() {
    return PropertiesFile.PATH.toString();
  }

  @Override
  public @Nullable String getProperty(String name) {
    return properties.getProperty(name);
  }

  @Override
  public Properties loadProperties() {
    return loadProperties(name -> true);
  }

  @Override
  public Properties loadProperties(Predicate<String> wanted) {
    Properties some = new Properties();
    properties.stringPropertyNames().stream()
        .filter(wanted)
        .forEach(name -> some.setProperty(name, properties.getProperty(name)));
    return some;
  }

  /** A change needs a restart. */
  @Override
  public void reloadProperties(String location) {}

  /** Before the defaults of the program. */
  @Override
  public int getOrder() {
    return HIGHEST;
  }
}
