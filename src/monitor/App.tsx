import { LoginView } from "./account/LoginView.tsx"
import { PrivacyView } from "./account/PrivacyView.tsx"
import { ProfileView } from "./account/ProfileView.tsx"
import { RegisterView } from "./account/RegisterView.tsx"
import { Header } from "./Header.tsx"
import { ListView } from "./list/ListView.tsx"
import { LiveView } from "./live/LiveView.tsx"
import { OrderView } from "./order/OrderView.tsx"
import { type Route, route } from "./Route.ts"
import { session } from "./Session.ts"
import { text } from "./Text.ts"
import { TaskView } from "./task/TaskView.tsx"
import { UnknownView } from "./UnknownView.tsx"

const View = ({ at }: { readonly at: Route }) => {
  if (at.view === "privacy") return <PrivacyView />
  if (session.value === undefined) return at.view === "register" ? <RegisterView /> : <LoginView />
  switch (at.view) {
    case "tasks":
      return <ListView key={`${at.query.status} ${at.query.page}`} query={at.query} />
    case "task":
      return <TaskView key={at.id} id={at.id} />
    case "live":
      return <LiveView key={at.id} id={at.id} />
    case "new":
      return <OrderView />
    case "profile":
      return <ProfileView />
    default:
      return <UnknownView />
  }
}

export const App = () => (
  <>
    <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>("h1")?.focus()}>
      {text.value.page.skip}
    </button>
    <Header />
    <main id="content">
      <View at={route.value} />
    </main>
  </>
)
