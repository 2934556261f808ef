package org.cistern.rule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  @Test
  void theFieldsAreThoseOfTheDesignAndNoOther() {
    assertThat(Vocabulary.in(null))
        .extracting(Vocabulary::label)
        .containsExactlyInAnyOrder(
            ("path_pattern methods cache_ttl strategy key_strategy user_specific status_codes tags"
                    + " id priority hosts headers override_origin shared_despite_authorization"
                    + " identity cookies min_size max_size content_types set_cookie query"
                    + " key_parts body vary_on tags_from stale_while_revalidate stale_if_error"
                    + " refresh_ahead jitter negative_ttl write_policy max_variants quota_bytes"
                    + " timeout compress close_delimited upstream warmup")
                .split(" "));
  }

  @Test
  void theTableHasARowForEachWithItsDefault() {
    String table = Vocabulary.table();
    assertThat(table.lines()).hasSize(2 + Vocabulary.values().length);
    assertThat(table)
        .contains("| `methods` | list of methods | `[GET, HEAD]` |")
        .contains("| `max_size` | size | `8MB` |")
        .contains("| `warmup.cron` | Quartz cron expression |  |");
    assertThat(Arrays.stream(Vocabulary.values()).map(Vocabulary::sentence))
        .allMatch(sentence -> sentence.endsWith("."));
  }
}
