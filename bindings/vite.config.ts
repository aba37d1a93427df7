// Bundles the loader as build/engine/index.js, beside the variants it loads: that folder is the package.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    lib: { entry: 'bindings/index.ts', formats: ['es'], fileName: () => 'index.js' },
    outDir: 'build/engine',
    emptyOutDir: false,
    target: 'es2022',
  },
});
