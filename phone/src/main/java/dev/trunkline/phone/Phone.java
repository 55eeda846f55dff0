package dev.trunkline.phone;

import java.io.IOException;
import java.net.InetSocketAddress;

public final class Phone implements AutoCloseable {
    private Phone() {}

    public static Phone open(PhoneSettings settings) throws IOException {
        throw new IOException("being written: " + settings);
    }

    public Call dial(CallRequest request) {
        throw new IllegalStateException("being written: " + request);
    }

    public InetSocketAddress address() {
        throw new IllegalStateException("being written");
    }

    @Override
    public void close() {}
}
