import type { Plugin } from 'vite';

/** The names of a component's classes; its styles have the same name. */
const CLASS_NAMES = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;

/** Brings into the built page the styles of the Mantine components that are in it, and of no other. */
export function mantineStyles(): Plugin {
  return {
    name: 'mantine-styles',
    apply: 'build',
    transform(code, id) {
      const component = CLASS_NAMES.exec(id)?.[1];
      if (component === undefined) return undefined;
      return { code: `import '@mantine/core/styles/${component}.layer.css';\n${code}`, map: null };
    },
  };
}
