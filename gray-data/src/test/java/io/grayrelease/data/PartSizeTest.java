package io.grayrelease.data;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PartSizeTest {
    private final PartSize size = new PartSize(1_000, 50_000);

    @Test
    void rows_nothingDiffers_areAllOfAChunk() {
        size.found(false);
        assertThat(size.rows()).isEqualTo(50_000);
        assertThat(size.isWhole()).isTrue();
    }

    @Test
    void rows_partsDiffer_areFewerUntilTheLeast() {
        size.found(true);
        assertThat(size.rows()).isEqualTo(25_000);
        for (int i = 0; i < 10; i++) {
            size.found(true);
        }
        assertThat(size.rows()).isEqualTo(1_000);
    }

    @Test
    void rows_onePartInSixDiffers_stayAboutTheSame() {
        for (int i = 0; i < 4; i++) {
            size.found(true);
        }
        int before = size.rows();
        for (int i = 0; i < 60; i++) {
            size.found(i % 6 == 0);
        }
        assertThat(size.rows()).isBetween(before / 2, 2 * before);
    }

    @Test
    void rows_nothingDiffersAnyMore_growToAChunk() {
        size.found(true);
        for (int i = 0; i < 7; i++) {
            size.found(false);
        }
        assertThat(size.isWhole()).isTrue();
    }

    @Test
    void rows_ofChunksThatAreSmall_areThoseOfTheChunk() {
        PartSize small = new PartSize(1_000, 100);
        small.found(true);
        assertThat(small.isWhole()).isTrue();
    }
}
