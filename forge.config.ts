// Electron Forge: `electron-forge start` in a checkout, `npm run package` and `npm run make` for what people install.
import fs from 'node:fs'
import path from 'node:path'
import { MakerDeb } from '@electron-forge/maker-deb'
import { MakerZIP } from '@electron-forge/maker-zip'
import { VitePlugin } from '@electron-forge/plugin-vite'
import type { ForgeConfig } from '@electron-forge/shared-types'
import { ensureWebBuild } from './src/main/host/web-build.ts'
import { EXTERNALS } from './vite.main.config.ts'

const root = import.meta.dirname
const zipDir = process.env.LATCHKEY_ELECTRON_ZIP_DIR
const outDir = process.env.LATCHKEY_OUT_DIR

const config: ForgeConfig = {
  packagerConfig: {
    name: 'Latchkey',
    executableName: 'latchkey',
    asar: { unpack: '**/*.node' },
    extraResource: [path.join(root, 'src/main/store/migrations')],
    ...(zipDir ? { electronZipDir: zipDir } : {}),
  },
  ...(outDir ? { outDir } : {}),
  // The native packages bring prebuilt binaries for Node-API, which fit every Electron: nothing is compiled.
  rebuildConfig: { onlyModules: [] },
  makers: [
    new MakerZIP({}, ['linux', 'win32', 'darwin']),
    new MakerDeb({ options: { maintainer: 'Latchkey contributors', section: 'misc' } }),
  ],
  plugins: [
    new VitePlugin({
      build: [
        { entry: 'src/main/electron.ts', config: 'vite.main.config.ts', target: 'main' },
        { entry: 'src/preload/bridge.ts', config: 'vite.preload.config.ts', target: 'preload' },
      ],
      // The page is the very build that `latchkey serve` shows, so it is not made here a second time.
      renderer: [],
    }),
  ],
  hooks: {
    generateAssets: async () => {
      // electron-forge hands its environment on to Electron, so electron.ts finds the page.
      process.env.LATCHKEY_WEB_FOLDER ??= await ensureWebBuild(root, (line) => console.error(line))
    },
    // plugin-vite ends with 0 however the window ended, and would leave the window behind when it is told to end itself.
    postStart: async (_config, child) => {
      child.prependListener('exit', (code: number | null) => {
        if (!child.restarted && code !== null && code !== 0) process.exit(code)
      })
      for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
        process.prependListener(signal, () => void child.kill('SIGTERM'))
      }
    },
    packageAfterCopy: async (_config, buildPath, _version, platform, arch) => {
      fs.cpSync(process.env.LATCHKEY_WEB_FOLDER ?? '', path.join(buildPath, 'web'), { recursive: true })
      // plugin-vite leaves node_modules out (electron/forge #3738).
      for (const folder of packagesBehind(EXTERNALS)) copyPackage(folder, buildPath, platform, arch)
    },
  },
}

/** Headers to compile against, which nobody does. */
const NOT_NEEDED = ['node-addon-api']

/** The folders of these packages and of all that they depend on, each where Node would look for it. */
function packagesBehind(names: readonly string[], from = root, found = new Set<string>()): Set<string> {
  for (const name of names) {
    const folder = NOT_NEEDED.includes(name) ? null : lookUp(name, from)
    if (folder === null || found.has(folder)) continue
    found.add(folder)
    const { dependencies = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    packagesBehind(Object.keys(dependencies), folder, found)
  }
  return found
}

function lookUp(name: string, from: string): string | null {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name)
    if (fs.existsSync(path.join(folder, 'package.json'))) return folder
    if (at === root) return null
  }
}

/** Without what only a compiler or a tester needs, and without other systems' binaries. */
function copyPackage(folder: string, buildPath: string, platform: string, arch: string): void {
  const left = ['node_modules', 'docs', 'test', 'tests', 'benchmarks']
  if (fs.existsSync(path.join(folder, 'binding.gyp'))) left.push('src', 'deps')
  fs.cpSync(folder, path.join(buildPath, path.relative(root, folder)), {
    recursive: true,
    filter(file) {
      const [top = '', name] = path.relative(folder, file).split(path.sep)
      if (left.includes(top)) return false
      if (top !== 'prebuilds' || name === undefined) return true
      return name.startsWith(platform) && name.includes(arch)
    },
  })
}

export default config
