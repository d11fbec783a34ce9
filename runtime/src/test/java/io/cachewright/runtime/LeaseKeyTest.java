package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LeaseKeyTest {

    /// Few letters, so that braces come in every order.
    @Property
    void aLeaseIsOfTheSlotOfItsKey(
            @ForAll @StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'c') @CharRange(from = '{', to = '}')
                    String key) {
        assertThat(HashSlot.of(LeaseKey.of(key))).isEqualTo(HashSlot.of(key));
    }

    @Test
    void usualKeysHaveLeasesThatAnyLanguageCanName() {
        assertThat(LeaseKey.of("md:quote:VOD.L")).isEqualTo("cachewright:lease:{md:quote:VOD.L}");
        assertThat(LeaseKey.of("md:{VOD.L}:l2")).isEqualTo("cachewright:lease:{VOD.L}:md:{VOD.L}:l2");
    }
}
