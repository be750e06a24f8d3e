import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./src/storage/schema.ts', './src/storage/access-schema.ts', './src/storage/market-schema.ts'],
  out: './migrations',
  casing: 'snake_case',
})
