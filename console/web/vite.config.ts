import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The fixture server in dev/, or a real console if TRUNKLINE_CONSOLE is set.
const server = process.env.TRUNKLINE_CONSOLE ?? 'http://127.0.0.1:4173';

export default defineConfig({
  plugins: [react()],
  build: {
    // Inlines no file as a data: URI, because the console's Content-Security-Policy forbids those.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // A time zone with daylight saving, to test days of 23 and 25 hours.
    env: { TZ: 'Europe/Brussels' },
  },
});
