import { defineConfig } from 'vitest/config';

/** Tests that write pacts come before those that verify what the other side wrote. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'toolchain',
          include: ['test/**/*.test.ts'],
          exclude: ['test/fuzz/**', 'test/cases/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contracts',
          include: ['contracts/**/*.test.ts'],
          exclude: ['contracts/**/*.verify.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'verification',
          include: ['contracts/**/*.verify.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
