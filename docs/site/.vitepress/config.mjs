import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'
import { defineConfig } from 'vitepress'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { resolve } = createRequire(import.meta.url)
const repository = 'https://github.com/llmretry/llmretry'

/** Everything else in the repository that ends in .md is read there, not on the site. */
const pages = /^(README|CHANGELOG|CONTRIBUTING|SECURITY|docs\/(guide\/)?[^/]+)\.md$/

/** Indented blocks look like fenced ones. */
function fenceCode(md) {
  md.core.ruler.push('fence-code', (state) => {
    for (const token of state.tokens.filter((block) => block.type === 'code_block')) {
      Object.assign(token, { type: 'fence', info: 'sh', markup: '```' })
    }
  })
}

/** Leads links to files that are no pages (examples, sources) to the repository. */
function linkToRepository(md) {
  md.core.ruler.push('link-to-repository', (state) => {
    const page = path.join(root, state.env.relativePath.replace(/^index\.md$/, 'README.md'))
    for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
      const href = token.attrGet('href')
      if (token.type !== 'link_open' || !href || /^([a-z]+:|#)/.test(href)) {
        continue
      }
      const target = path.relative(root, path.resolve(path.dirname(page), href.split('#')[0]))
      if (!existsSync(path.join(root, target))) {
        throw new Error(`${state.env.relativePath} links to ${href}, which does not exist`)
      }
      if (target === 'README.md') {
        token.attrSet('href', href.replace('README.md', 'index.md'))
      } else if (!pages.test(target)) {
        token.attrSet('href', `${repository}/blob/main/${target}`)
      }
    }
  })
}

export default defineConfig({
  title: 'LlmRetry',
  description: 'Retries for Java clients of large language models, generated at compile time',
  srcDir: root,
  srcExclude: ['{benchmarks,examples,integrations,retry-*}/**', 'docs/{site,tests}/**', '**/target/**'],
  outDir: 'dist',
  cacheDir: 'node_modules/.vitepress',
  rewrites: { 'README.md': 'index.md' },
  lastUpdated: false,
  // The anchors are those of GitHub, where the pages are read as well.
  markdown: { anchor: { slugify: (heading) => slug(heading) }, config: (md) => md.use(fenceCode).use(linkToRepository) },
  vite: {
    resolve: {
      // The pages lie outside of this folder, where vue would not be found.
      alias: [
        { find: /^vue$/, replacement: resolve('vue/dist/vue.runtime.esm-bundler.js') },
        { find: 'vue/server-renderer', replacement: resolve('vue/server-renderer') },
      ],
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository }],
    nav: [
      { text: 'Guide', link: '/docs/guide' },
      { text: 'Settings', link: '/#settings' },
      { text: 'Performance', link: '/docs/performance' },
      { text: 'Changelog', link: '/CHANGELOG' },
    ],
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'LlmRetry', link: '/' },
          { text: 'Guide', link: '/docs/guide' },
          { text: 'Building with LlmRetry', link: '/docs/guide/building' },
          { text: 'Concepts', link: '/docs/concepts' },
        ],
      },
      {
        text: 'Calls',
        items: [
          { text: 'Futures, streams, callbacks', link: '/docs/guide/streaming' },
          { text: 'Calls that share a provider', link: '/docs/guide/upstream' },
          { text: 'Several providers', link: '/docs/guide/routes' },
          { text: 'Hedging slow attempts', link: '/docs/guide/hedging' },
          { text: 'Checking results', link: '/docs/guide/results' },
          { text: 'Concrete classes', link: '/docs/guide/aspectj' },
          { text: 'Kotlin', link: '/docs/guide/kotlin' },
        ],
      },
      {
        text: 'In production',
        items: [
          { text: 'Spring Boot', link: '/docs/guide/spring-boot' },
          { text: 'Quarkus', link: '/docs/guide/quarkus' },
          { text: 'Micronaut', link: '/docs/guide/micronaut' },
          { text: 'Spring, CDI and others', link: '/docs/guide/frameworks' },
          { text: 'Settings from outside', link: '/docs/guide/settings' },
          { text: 'Testing', link: '/docs/guide/testing' },
          { text: 'Metrics and traces', link: '/docs/guide/observing' },
          { text: 'Processes that share a provider', link: '/docs/guide/fleet' },
          { text: 'Simulator', link: '/docs/guide/simulator' },
          { text: 'Coming from another library', link: '/docs/guide/migrating' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Diagnostics', link: '/docs/diagnostics' },
          { text: 'Classification', link: '/docs/classification' },
          { text: 'Providers', link: '/docs/providers' },
          { text: 'Performance', link: '/docs/performance' },
          { text: 'Promises', link: '/docs/promises' },
        ],
      },
      {
        text: 'Maintaining it',
        collapsed: true,
        items: [
          { text: 'Contributing', link: '/CONTRIBUTING' },
          { text: 'Concurrency', link: '/docs/concurrency' },
          { text: 'Decisions', link: '/docs/decisions' },
          { text: 'Releasing', link: '/docs/releasing' },
          { text: 'Changelog', link: '/CHANGELOG' },
        ],
      },
    ],
  },
})
