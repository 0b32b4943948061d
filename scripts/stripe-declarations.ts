// Turns the type declarations of the Stripe SDK into JSON Schema: closed enums, and nothing beside what is declared.
import fs from 'node:fs'
import path from 'node:path'
import { ts } from '@ts-morph/common'

export type Schema = boolean | { [word: string]: unknown }

/** One method of the SDK: what it sends where. */
export type Declared = { route: string; params: ts.TypeNode | undefined; reply: ts.TypeNode }

export type Reading = {
  /** `$ref` of an object that stands on its own; null where the sandbox has none of its kind. */
  refOf: (object: string, deleted: boolean) => string | null
  /** What a property of this name is without being read any further. */
  cutAt: (name: string) => Schema | undefined
  /** A name for what is declared once and used often. */
  define: (name: string, make: () => Schema) => Schema
}

/** Reads every declaration file below the folder of the SDK. */
export function readSdk(folder: string) {
  const resources = path.join(folder, 'esm', 'resources')
  const names = fs.readdirSync(resources, { recursive: true, encoding: 'utf8' }).filter((name) => !/V2/.test(name))
  const files = names.filter((name) => name.endsWith('.d.ts')).map((name) => path.join(resources, name))
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noLib: true }
  const program = ts.createProgram(files, { ...options, types: [] })
  const checker = program.getTypeChecker()

  function declarationOf(name: ts.EntityName): ts.Declaration | undefined {
    const found = checker.getSymbolAtLocation(name)
    const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found
    return symbol?.declarations?.find((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
  }

  /** Null is what the sandbox cannot have: an object of a kind that it does not model. */
  function convert(type: ts.TypeNode, reading: Reading): Schema | null {
    switch (type.kind) {
      case ts.SyntaxKind.StringKeyword:
        return { type: 'string' }
      case ts.SyntaxKind.NumberKeyword:
        return { type: 'number' }
      case ts.SyntaxKind.BooleanKeyword:
        return { type: 'boolean' }
      case ts.SyntaxKind.AnyKeyword:
      case ts.SyntaxKind.UnknownKeyword:
        return true
      case ts.SyntaxKind.VoidKeyword:
        return null
    }
    if (ts.isParenthesizedTypeNode(type)) return convert(type.type, reading)
    if (ts.isLiteralTypeNode(type)) return literal(type.literal)
    if (ts.isArrayTypeNode(type)) return arrayOf(type.elementType, reading)
    if (ts.isUnionTypeNode(type)) return union(type.types, reading)
    if (ts.isTypeLiteralNode(type)) return object(type.members, reading)
    if (ts.isTypeReferenceNode(type)) return reference(type, reading)
    throw new Error(`Cannot read the type ${type.getText()} in ${type.getSourceFile().fileName}`)
  }

  function literal(node: ts.LiteralTypeNode['literal']): Schema {
    if (node.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' }
    if (node.kind === ts.SyntaxKind.TrueKeyword) return { enum: [true] }
    if (node.kind === ts.SyntaxKind.FalseKeyword) return { enum: [false] }
    if (ts.isStringLiteral(node)) return { enum: [node.text] }
    if (ts.isNumericLiteral(node)) return { enum: [Number(node.text)] }
    throw new Error(`Cannot read the literal ${node.getText()}`)
  }

  function arrayOf(element: ts.TypeNode, reading: Reading): Schema {
    const items = convert(element, reading)
    return items === null ? { type: 'array', maxItems: 0 } : { type: 'array', items }
  }

  function union(types: readonly ts.TypeNode[], reading: Reading): Schema | null {
    // `OtherString` stands for words that are not known yet: whatever this SDK does not know is a fault here.
    const known = types.filter((one) => one.getText() !== 'OtherString')
    return oneOf(known.flatMap((one) => optional(convert(one, reading))))
  }

  function oneOf(schemas: Schema[]): Schema | null {
    const flat = schemas.flatMap((one) => (isObject(one) && Array.isArray(one.anyOf) ? (one.anyOf as Schema[]) : [one]))
    const words = flat.flatMap((one) => (isObject(one) && Array.isArray(one.enum) ? (one.enum as unknown[]) : []))
    const types = flat.flatMap((one) => (isObject(one) && isBare(one) ? [one.type as string | string[]].flat() : []))
    const rest = flat.filter((one) => !(isObject(one) && (Array.isArray(one.enum) || isBare(one))))
    const simple: Schema[] = types.length > 0 ? [{ type: types.length === 1 ? types[0] : [...new Set(types)] }] : []
    // A text that may be any needs no list of words.
    const listed = words.filter((word) => !(types.includes('string') && typeof word === 'string'))
    const all = [...simple, ...(listed.length > 0 ? [{ enum: [...new Set(listed)] }] : []), ...rest]
    return all.length <= 1 ? (all[0] ?? null) : { anyOf: all }
  }

  function reference(type: ts.TypeReferenceNode, reading: Reading): Schema | null {
    const name = type.typeName.getText()
    const [argument] = type.typeArguments ?? []
    if (name === 'Decimal') return { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' }
    if (name === 'OtherString') return { type: 'string' }
    if (argument !== undefined && name === 'Array') return arrayOf(argument, reading)
    if (argument !== undefined && name === 'Emptyable')
      return oneOf([{ enum: [''] }, ...optional(convert(argument, reading))])
    if (argument !== undefined && name === 'ApiList') return listOf(convert(argument, reading))
    const declaration = declarationOf(type.typeName)
    if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration)) return convert(declaration.type, reading)
    if (declaration === undefined || !ts.isInterfaceDeclaration(declaration) || argument !== undefined) {
      throw new Error(`Cannot read ${type.getText()} in ${type.getSourceFile().fileName}`)
    }
    const kind = kindOf(declaration)
    if (kind === null) return reading.define(fullName(declaration), () => object(membersOf(declaration), reading))
    const ref = reading.refOf(kind.object, kind.deleted)
    return ref === null ? null : { $ref: ref }
  }

  /** An object of Stripe's own carries its name in `object`. */
  function kindOf(declaration: ts.InterfaceDeclaration): { object: string; deleted: boolean } | null {
    const properties = declaration.members.filter(ts.isPropertySignature)
    const word = properties.find((one) => one.name.getText() === 'object' && one.questionToken === undefined)?.type
    if (!word || !ts.isLiteralTypeNode(word) || !ts.isStringLiteral(word.literal) || word.literal.text === 'list')
      return null
    const deleted = properties.find((one) => one.name.getText() === 'deleted')
    return {
      object: word.literal.text,
      deleted: deleted !== undefined && deleted.questionToken === undefined && deleted.type?.getText() === 'true',
    }
  }

  function membersOf(declaration: ts.InterfaceDeclaration): ts.TypeElement[] {
    const inherited = (declaration.heritageClauses ?? []).flatMap((clause) =>
      clause.types.flatMap(({ expression }) => {
        const parent = ts.isIdentifier(expression) ? declarationOf(expression) : undefined
        return parent !== undefined && ts.isInterfaceDeclaration(parent) ? membersOf(parent) : []
      }),
    )
    const own = new Set(declaration.members.map((member) => member.name?.getText()))
    return [...inherited.filter((member) => !own.has(member.name?.getText())), ...declaration.members]
  }

  function object(members: Iterable<ts.TypeElement>, reading: Reading): Schema {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (const member of members) {
      if (ts.isIndexSignatureDeclaration(member)) {
        return { type: 'object', additionalProperties: convert(member.type, reading) ?? true }
      }
      if (!ts.isPropertySignature(member) || member.type === undefined)
        throw new Error(`Cannot read ${member.getText()}`)
      const name = member.name.getText().replace(/^['"]|['"]$/g, '')
      if (name === 'lastResponse') continue
      const schema = reading.cutAt(name) ?? convert(member.type, reading)
      if (schema === null) continue
      properties[name] = schema
      if (member.questionToken === undefined) required.push(name)
    }
    return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false }
  }

  /** Every interface that carries `object`, by that name; `deleted:` before it for what is left of a deleted one. */
  function objects(): Map<string, ts.InterfaceDeclaration> {
    const found = new Map<string, ts.InterfaceDeclaration>()
    const visit = (node: ts.Node): void => {
      if (ts.isInterfaceDeclaration(node)) {
        const kind = kindOf(node)
        const key = kind && `${kind.deleted ? 'deleted:' : ''}${kind.object}`
        if (key !== null && !found.has(key)) found.set(key, node)
      }
      if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) node.body.statements.forEach(visit)
    }
    for (const file of program.getSourceFiles()) file.statements.forEach(visit)
    return found
  }

  /** The routes of all resources: the address stands in the code, the types in the declaration beside it. */
  function routes(): Declared[] {
    return files.flatMap((file) => {
      const declared = program.getSourceFile(file)
      const code = ts.createSourceFile(
        file.replace(/\.d\.ts$/, '.js'),
        fs.readFileSync(file.replace(/\.d\.ts$/, '.js'), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      )
      return Array.from(declared?.statements ?? [])
        .filter(ts.isClassDeclaration)
        .flatMap((one) => {
          const other = code.statements.filter(ts.isClassDeclaration).find(({ name }) => name?.text === one.name?.text)
          return one.members.filter(ts.isMethodDeclaration).flatMap((method) => {
            const body =
              other?.members.find((member) => member.name?.getText() === method.name.getText())?.getText() ?? ''
            const call = /_makeRequest\('(GET|POST|DELETE)', [`'](\/v1\/[^`']*)[`']/.exec(body)
            if (call === null || method.type === undefined) return []
            const params = method.parameters.find((parameter) => parameter.name.getText() === 'params')?.type
            const route = `${call[1]} ${(call[2] ?? '').replaceAll(/\$\{[^}]*\}/g, ':id')}`
            return [{ route, params, reply: method.type }]
          })
        })
    })
  }

  return {
    convert,
    objects,
    routes,
    membersOf,
    interfaceSchema: (declaration: ts.InterfaceDeclaration, reading: Reading) =>
      object(membersOf(declaration), reading),
  }
}

function listOf(items: Schema | null): Schema | null {
  if (items === null) return null
  const properties = {
    object: { enum: ['list'] },
    data: { type: 'array', items },
    has_more: { type: 'boolean' },
    url: { type: 'string' },
  }
  return {
    type: 'object',
    properties: { ...properties, total_count: { type: 'number' } },
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

function optional(schema: Schema | null): Schema[] {
  return schema === null ? [] : [schema]
}

export function isObject(schema: unknown): schema is { [word: string]: unknown } {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
}

function isBare(schema: { [word: string]: unknown }): boolean {
  return Object.keys(schema).length === 1 && (typeof schema.type === 'string' || Array.isArray(schema.type))
}

function fullName(declaration: ts.Declaration & { name?: ts.Node | undefined }): string {
  const parts = [declaration.name?.getText() ?? '']
  for (let node: ts.Node = declaration.parent; node !== undefined; node = node.parent) {
    if (ts.isModuleDeclaration(node)) parts.unshift(node.name.text)
    if (ts.isSourceFile(node)) break
  }
  return parts.join('.')
}
