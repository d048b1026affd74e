import type { Action } from "../Api.ts"
import type { FailureCode, Intervention, Step, TaskStatus } from "../Wire.ts"

const statuses: Readonly<Record<TaskStatus, string>> = {
  PENDING: "En cola",
  RUNNING: "En curso",
  PAUSED: "En pausa",
  INTERVENTION_NEEDED: "Espera su respuesta",
  COMPLETED: "Completada",
  FAILED: "No se logró"
}

const steps: Readonly<Record<Step["step_type"], string>> = {
  navigate: "Navegación",
  input: "Captura",
  click: "Clic",
  thinking: "Análisis",
  error: "Error",
  user_intervention: "Intervención",
  completed: "Terminado"
}

const actions: Readonly<Record<Action, string>> = {
  pause: "Pausar",
  resume: "Reanudar",
  cancel: "Cancelar",
  retry: "Reintentar",
  takeover: "Tomar el control",
  release: "Devolver el control"
}

const interventions: Readonly<Record<Intervention["kind"], string>> = {
  captcha: "Resuelva el captcha",
  login: "Inicie sesión en el portal",
  otp: "Escriba el código que recibió",
  missing_data: "El portal pide otro dato",
  choice: "Elija una opción del portal",
  confirm_submit: "Dé su visto bueno",
  takeover: "El portal necesita sus manos"
}

const failures: Readonly<Record<FailureCode, readonly [title: string, advice: string]>> = {
  TICKET_EXPIRED: [
    "El plazo para facturar venció",
    "El comercio ya no factura este ticket. Pida la factura en la tienda."
  ],
  TICKET_NOT_FOUND: [
    "El portal no encontró el ticket",
    "Compare los datos con el ticket impreso; el comercio puede tardar en cargar la venta."
  ],
  ALREADY_INVOICED: [
    "El ticket ya está facturado",
    "Alguien ya pidió esta factura. Búsquela en su correo o pídala al comercio."
  ],
  DATA_REJECTED: ["El portal rechazó los datos", "Corrija su perfil fiscal o los datos del ticket y reintente."],
  PORTAL_DOWN: ["El portal no responde", "El sitio del comercio está caído o en mantenimiento. Reintente más tarde."],
  PORTAL_BLOCKED: ["El portal bloqueó el acceso", "El sitio no permitió entrar al navegador. Reintente más tarde."],
  CAPTCHA: ["El captcha no se resolvió", "Reintente y escriba los caracteres de la imagen."],
  LOGIN_FAILED: ["El portal no aceptó el acceso", "Revise el usuario y la contraseña de ese portal y reintente."],
  TIMEOUT: ["Se acabó el tiempo", "El portal tardó más de lo permitido. Reintente."],
  BROWSER_LOST: ["Se perdió el navegador", "La conexión con el navegador se cortó. Reintente."],
  INVOICE_MISMATCH: [
    "La factura no es la que se pidió",
    "El portal entregó un CFDI con otros datos. Revíselo con el comercio."
  ],
  SUBMIT_UNCERTAIN: [
    "No se sabe si la factura se emitió",
    "Revise su correo o el portal antes de reintentar: podría emitirse dos veces."
  ],
  INTERVENTION_EXPIRED: ["Nadie respondió a tiempo", "La solicitud quedó sin respuesta. Puede reintentar."],
  CANCELLED: ["Cancelada", "Usted detuvo esta factura. Puede reintentar cuando quiera."],
  UNSUPPORTED_PORTAL: ["El portal no se pudo usar", "El agente no supo llenar este sitio."],
  URL_REFUSED: ["La dirección no se puede visitar", "Pida la factura de nuevo con la dirección correcta."],
  INTERNAL: ["Algo falló de nuestro lado", "Reintente. Si vuelve a pasar, avísenos."]
}

/** What the page says of one task. */
export const spanishTask = {
  statuses,
  steps,
  actions,
  interventions,
  failures,
  task: {
    back: "Todas las facturas",
    actions: "Acciones",
    status: (status: string) => `Estado: ${status}`,
    connection: {
      connecting: "Conectando…",
      live: "En vivo",
      lost: "Reconectando…",
      ended: ""
    },
    browser: "Navegador",
    screenshot: (step: string) => `El portal después del paso: ${step}`,
    noPicture: {
      PENDING: "El navegador se abrirá en cuanto le toque su turno.",
      RUNNING: "El navegador está abriendo el portal…",
      PAUSED: "La factura está en pausa.",
      INTERVENTION_NEEDED: "El agente espera su respuesta.",
      COMPLETED: "No se guardó ninguna imagen.",
      FAILED: "No se guardó ninguna imagen."
    },
    live: "Ver el navegador en vivo",
    latest: "Volver al último paso",
    image: "Imagen",
    see: (step: string) => `Imagen del paso: ${step}`,
    steps: "Pasos",
    stepsLead: "Lo que el agente hace en el portal, según ocurre",
    noSteps: "Aún no hay pasos.",
    ticket: "Ticket",
    use: "Uso del CFDI",
    asked: "Pedida",
    finished: "Terminada",
    attempts: "Reintentos",
    nextAttempt: (when: string) => `Nuevo intento ${when}.`,
    cancelTitle: "¿Cancelar esta factura?",
    cancelLead: "El agente se detiene y no se pedirá la factura.",
    cancelYes: "Sí, cancelar",
    cancelNo: "No, continuar",
    uncertainTitle: "La factura pudo haberse emitido",
    uncertainLead:
      "El agente ya había enviado la solicitud. Si reintenta y la primera sí se emitió, podría haber dos facturas. Revise antes su correo y el portal.",
    uncertainYes: "Ya revisé, reintentar",
    uncertainNo: "No reintentar",
    portalSaid: "Motivo",
    toProfile: "Ir al perfil fiscal"
  },
  outcome: {
    title: "Factura obtenida",
    proven: "CFDI comprobado: es de este ticket y está a su nombre.",
    byEmail: "El portal aceptó la solicitud y envía la factura por correo.",
    uuid: "Folio fiscal (UUID)",
    copy: "Copiar el folio fiscal",
    copied: "Copiado",
    total: "Total",
    issuer: "RFC emisor",
    receiver: "RFC receptor",
    issued: "Fecha de emisión",
    warnings: "Conviene revisar",
    files: "Archivos",
    download: "Descargar"
  },
  live: {
    back: "La factura",
    picture: "El portal en vivo",
    waiting: "Esperando la imagen del navegador…",
    hands: "El navegador del portal: use el ratón y el teclado; Mayús+Tab para salir",
    driven: "Usted tiene el control. El agente sigue en cuanto lo devuelva.",
    asked: "El agente necesita sus manos: use el navegador aquí mismo y el control será suyo.",
    watched: "El agente trabaja en el portal.",
    over: "Ahora no hay un navegador abierto."
  },
  ask: {
    image: "Imagen del portal",
    larger: "Ver más grande",
    expires: (when: string) => `La solicitud vence ${when}.`,
    send: "Enviar respuesta",
    confirm: "Solicitar la factura",
    done: "Ya lo hice, continuar",
    abort: "No continuar",
    choose: "Elija una opción",
    remember: "Recordar para la próxima vez",
    rememberLogin: "Se guarda cifrado y solo se usa en páginas de este portal.",
    rememberData: "Se guarda cifrado en su perfil y se usa cuando otro portal lo pida.",
    live: "Abrir el navegador"
  }
}
