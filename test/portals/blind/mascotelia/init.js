(function () {
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)) }
  var make = function (html) {
    var t = document.createElement("template")
    t.innerHTML = html.trim()
    return t.content.firstChild
  }
  var toast = function (text) {
    var box = document.getElementById("toast-container") || document.body.appendChild(make('<div id="toast-container"></div>'))
    var one = box.appendChild(make('<div class="toast"></div>'))
    one.textContent = text
    setTimeout(function () { one.remove() }, 5000)
  }
  if (document.body.dataset.toast) setTimeout(function () { toast(document.body.dataset.toast) }, 150)

  all(".input-field > input[type=text]").forEach(function (input) {
    var label = input.parentNode.querySelector("label")
    var paint = function () { label.classList.toggle("active", input.value !== "" || document.activeElement === input) }
    ;["focus", "blur", "change", "input"].forEach(function (e) { input.addEventListener(e, paint) })
    paint()
  })

  all("select").forEach(function (select, n) {
    var wrap = make('<div class="select-wrapper"><input class="select-dropdown dropdown-trigger" type="text" readonly="true" data-target="select-options-' + n + 'f3b"><ul id="select-options-' + n + 'f3b" class="dropdown-content select-dropdown" tabindex="0"></ul><svg class="caret" height="24" viewBox="0 0 24 24" width="24"><path d="M7 10l5 5 5-5z"></path></svg></div>')
    var label = select.parentNode.querySelector("label")
    select.before(wrap)
    var input = wrap.querySelector("input")
    var list = wrap.querySelector("ul")
    select.tabIndex = -1
    wrap.append(select)
    label.classList.add("active")
    var paint = function () {
      input.value = select.selectedOptions[0] ? select.selectedOptions[0].textContent : ""
      all("li", list).forEach(function (li, i) { li.classList.toggle("selected", i === select.selectedIndex) })
    }
    all("option", select).forEach(function (option, i) {
      var li = make('<li tabindex="0" id="select-options-' + n + "f3b" + i + '"><span></span></li>')
      li.firstChild.textContent = option.textContent
      if (option.disabled) li.className = "disabled"
      li.addEventListener("click", function () {
        if (option.disabled) return
        select.selectedIndex = i
        select.dispatchEvent(new Event("change", { bubbles: true }))
        list.style.display = "none"
      })
      list.append(li)
    })
    select.addEventListener("change", paint)
    input.addEventListener("click", function (e) {
      e.stopPropagation()
      all("ul.dropdown-content").forEach(function (u) { u.style.display = "none" })
      list.style.display = "block"
    })
    input.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === "ArrowDown") { e.preventDefault(); list.style.display = "block" } })
    paint()
  })
  document.addEventListener("click", function (e) {
    if (!e.target.closest(".select-wrapper")) all("ul.dropdown-content").forEach(function (u) { u.style.display = "none" })
  })

  var open = function (modal) {
    modal.classList.add("open")
    var shade = document.body.appendChild(make('<div class="modal-overlay"></div>'))
    var close = function () {
      modal.classList.remove("open")
      shade.remove()
    }
    shade.addEventListener("click", close)
    all(".modal-close", modal).forEach(function (a) { a.onclick = function (e) { e.preventDefault(); close() } })
    return close
  }
  all(".modal-trigger").forEach(function (a) {
    a.addEventListener("click", function (e) {
      e.preventDefault()
      var f = document.getElementById("frm")
      var empty = all("input[type=text][name], select", f).some(function (i) { return i.value === "" })
      if (empty) return toast("Llena todos los datos")
      document.getElementById("datos").textContent = f.rfc.value.toUpperCase() + " — " + f.razon.value.toUpperCase() + " — C.P. " + f.cp.value + " — " + f.regimen.selectedOptions[0].textContent + " — " + f.uso.selectedOptions[0].textContent
      var close = open(document.querySelector(a.getAttribute("href")))
      document.getElementById("enviar").onclick = function (e) {
        e.preventDefault()
        close()
        f.submit()
      }
    })
  })

  var names = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"]
  var two = function (n) { return (n < 10 ? "0" : "") + n }
  all("input.datepicker").forEach(function (input) {
    var at = new Date()
    var picked = null
    var modal = document.body.appendChild(make('<div class="modal datepicker-modal" tabindex="0"><div class="modal-content datepicker-container"><div class="datepicker-date-display"></div><div class="datepicker-calendar-container"><div class="datepicker-calendar"></div><div class="datepicker-footer"><button class="btn-flat datepicker-cancel" type="button">Cancelar</button><button class="btn-flat datepicker-done" type="button">Ok</button></div></div></div></div>'))
    var show = function () {
      var y = at.getFullYear()
      var m = at.getMonth()
      var html = '<div class="datepicker-controls"><button class="month-prev" type="button">‹</button> <b>' + names[m] + " " + y + '</b> <button class="month-next" type="button">›</button></div><table class="datepicker-table" role="grid"><thead><tr><th>D</th><th>L</th><th>M</th><th>M</th><th>J</th><th>V</th><th>S</th></tr></thead><tbody><tr>'
      var lead = new Date(y, m, 1).getDay()
      for (var i = 0; i < lead; i++) html += '<td class="is-empty"></td>'
      for (var d = 1; d <= new Date(y, m + 1, 0).getDate(); d++) {
        var on = picked && picked.getTime() === new Date(y, m, d).getTime()
        html += '<td data-day="' + d + '" class="' + (on ? "is-selected" : "") + '" aria-selected="' + Boolean(on) + '"><button class="datepicker-day-button" type="button" data-year="' + y + '" data-month="' + m + '" data-day="' + d + '">' + d + "</button></td>"
        if ((lead + d) % 7 === 0) html += "</tr><tr>"
      }
      modal.querySelector(".datepicker-calendar").innerHTML = html + "</tr></tbody></table>"
      modal.querySelector(".datepicker-date-display").textContent = picked ? picked.getDate() + " " + names[picked.getMonth()] + " " + picked.getFullYear() : "Elige el día"
    }
    var close
    input.addEventListener("click", function () {
      show()
      close = open(modal)
    })
    modal.addEventListener("click", function (e) {
      var b = e.target
      if (b.matches(".month-prev")) at = new Date(at.getFullYear(), at.getMonth() - 1, 1)
      else if (b.matches(".month-next")) at = new Date(at.getFullYear(), at.getMonth() + 1, 1)
      else if (b.matches(".datepicker-day-button")) picked = new Date(+b.dataset.year, +b.dataset.month, +b.dataset.day)
      else if (b.matches(".datepicker-cancel")) return close()
      else if (b.matches(".datepicker-done")) {
        if (picked) input.value = two(picked.getDate()) + "-" + two(picked.getMonth() + 1) + "-" + picked.getFullYear()
        input.dispatchEvent(new Event("change"))
        return close()
      } else return
      show()
    })
    input.addEventListener("change", function () {
      var m = /^(\d\d)[-/](\d\d)[-/](\d{4})$/.exec(input.value.trim())
      if (m) {
        picked = new Date(+m[3], +m[2] - 1, +m[1])
        input.value = m[1] + "-" + m[2] + "-" + m[3]
      } else input.value = ""
    })
  })
})()
