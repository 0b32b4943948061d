// Style sheets and fonts are imported for their effect alone.
declare module '*.css'
