package dev.drawbridge.system.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.stream.IntStream;

class DemoEmbeddingsTest {

    @Test
    void has_one_vector_for_each_product() throws IOException {
        assertThat(committed().remaining())
                .isEqualTo(DemoEmbeddings.products().size() * DemoEmbeddings.DIMENSIONS);
    }

    @Test
    void agrees_with_the_model_on_a_sample() throws IOException {
        var products = DemoEmbeddings.products();
        var committed = committed();
        int[] sample = IntStream.iterate(3, i -> i < products.size(), i -> i + 37).toArray();

        var computed = DemoEmbeddings.embed(IntStream.of(sample).mapToObj(products::get).toList());

        for (int i = 0; i < sample.length; i++) {
            float[] vector = new float[DemoEmbeddings.DIMENSIONS];
            committed.get(sample[i] * DemoEmbeddings.DIMENSIONS, vector);
            assertThat(cosine(vector, computed.get(i)))
                    .as(products.get(sample[i]))
                    .isGreaterThanOrEqualTo(0.999);
        }
    }

    private static FloatBuffer committed() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(DemoEmbeddings.resource()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            ofOne += one[i] * one[i];
            ofOther += other[i] * other[i];
        }
        return product / Math.sqrt(ofOne * ofOther);
    }
}
