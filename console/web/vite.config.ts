import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The fixture server of dev/, or a real console where TRUNKLINE_CONSOLE names one.
const server = process.env.TRUNKLINE_CONSOLE ?? 'http://127.0.0.1:4173';

export default defineConfig({
  plugins: [react()],
  build: {
    // No file is inlined as a data: URI, which the console's Content-Security-Policy forbids.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // A zone with daylight saving, so that days of 23 and 25 hours are tried.
    env: { TZ: 'Europe/Brussels' },
  },
});
