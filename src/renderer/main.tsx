// The page starts here: style nonce first, then the link to the desk, then what people see.
import '@fontsource-variable/inter'
import './styles.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { follow } from './state/follow.ts'
import { holdLink } from './state/link.ts'
import { catchWedge } from './state/wedge.ts'
import { connect } from './transport/connect.ts'

// The style elements that radix adds carry it, so that the content policy lets them in.
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content
if (nonce) setNonce(nonce)

const link = connect()
holdLink(link)
follow(link)
catchWedge()

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App />)
