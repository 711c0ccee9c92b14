import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://corpus.example",
  integrations: [
    starlight({
      title: "Corpus",
      defaultLocale: "root",
      locales: {
        root: { label: "English", lang: "en" },
        ko: { label: "한국어", lang: "ko" },
        ru: { label: "Русский", lang: "ru" },
        zh: { label: "中文", lang: "zh-CN" },
      },
    }),
  ],
});
