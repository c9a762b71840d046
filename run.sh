#!/bin/sh
# Sets peerapp up on this machine, once, then runs it: `sh run.sh help` lists the commands.
# Plain POSIX sh, because a fresh machine has nothing else. What it makes: .venv/, .setup/.
set -eu
unset CDPATH
cd "$(dirname -- "$0")"

log=.setup/install.log
stamp=.setup/installed

usage() {
    cat <<'END'
Usage: sh run.sh COMMAND [arguments]

  demo    set up and serve a demo company (--port N, --host H)
  serve   set up and serve this machine's own data
  setup   only set up, for a service whose user may not write here (the data lies where PEERAPP_INSTANCE says)
  test    set up what the tests need and run them (arguments go to pytest)
  check   style, types, layers, templates, known insecure calls
  bench   measure the pages against a plain Flask page
  help    this list
END
}

say() {
    printf 'peerapp: %s\n' "$*" >&2
}

# Where nothing has to be set up nothing is written: a service may run here as a user who may only read.
needs_to_write() {
    [ -z "${is_written:-}" ] || return 0
    if ! (mkdir -p .setup && : >"$log") 2>/dev/null; then
        say "something has to be set up, and this user may not write here. Please let the owner of this folder run:"
        printf '\n    sh run.sh setup\n\n' >&2
        exit 2
    fi
    is_written=yes
}

# Runs a command without its chatter; when it fails, shows what it said last.
quietly() {
    printf '\n$ %s\n' "$*" >>"$log"
    if ! "$@" >>"$log" 2>&1; then
        say "this failed: $*"
        tail -n 20 "$log" >&2
        say "the whole of it is in $log"
        return 1
    fi
}

# --- system packages ---------------------------------------------------------------------------

# The words that make a command an administrator's; fails where we may not.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        echo
    elif sudo -n true 2>/dev/null; then
        echo sudo -n
    else
        return 1
    fi
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "missing here: $*. Please install them (the names are Debian's), then start again."
        exit 2
    fi
    if ! root=$(as_root); then
        say "missing here: $*. Please run this line, then start again:"
        command -v sudo >/dev/null 2>&1 && become='sudo sh -c' || become='su -c'
        printf "\n    %s 'apt-get update && apt-get install -y --no-install-recommends %s'\n\n" "$become" "$*" >&2
        exit 2
    fi
    needs_to_write
    say "installing $* (apt-get)"
    set -- $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -y --no-install-recommends "$@"
    # The lists of a fresh machine are empty, those of an old one name versions that are gone.
    "$@" >>"$log" 2>&1 || { quietly $root apt-get update && quietly "$@"; } || exit 2
}

missing_for_python() {
    find_python "$whole" >/dev/null || case $(find_python '' || echo none) in
        none) echo python3 python3-venv ;;
        python3.*) echo "$(find_python '')-venv" ;;
        *) echo python3-venv ;;
    esac
}

# Playwright's driver is linked against libatomic1; pages need a font to be laid out in; strace sees what reaches the disk.
missing_for_tests() {
    has_browser || echo chromium-headless-shell
    for package in libatomic1 fonts-liberation strace; do
        dpkg -s "$package" >/dev/null 2>&1 || echo "$package"
    done
}

has_browser() {
    command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1
}

# Chromium without windows does the same work in half the time. Where it cannot be had, the whole one does it.
prefers_headless() {
    command -v chromium-headless-shell >/dev/null 2>&1 && return
    command -v apt-get >/dev/null 2>&1 && root=$(as_root) || return 0
    needs_to_write
    say "fetching chromium-headless-shell"
    set -- $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -y --no-install-recommends chromium-headless-shell
    "$@" >>"$log" 2>&1 || { $root apt-get update >>"$log" 2>&1 && "$@" >>"$log" 2>&1; } || say "the whole Chromium will do"
}

# Unpacked and not installed: an installed nginx would be started as a service of this machine.
needs_nginx() {
    for place in "$(command -v nginx || true)" /usr/sbin/nginx .setup/nginx/usr/sbin/nginx; do
        [ ! -x "$place" ] || return 0
    done
    needs_to_write
    say "fetching nginx"
    fetch_nginx >>"$log" 2>&1 ||
        { root=$(as_root) && $root apt-get update >>"$log" 2>&1 && fetch_nginx >>"$log" 2>&1; } ||
        say "no nginx here (see $log): its tests will be skipped"
}

fetch_nginx() {
    (cd .setup && rm -rf nginx nginx_*.deb && apt-get download nginx && dpkg -x nginx_*.deb nginx && rm nginx_*.deb)
}

# $1 is "app", or "test" for a browser and the like as well. Asked for in one go, so that nobody is sent off twice.
needs_system() {
    missing=
    has_environment '' || command -v uv >/dev/null 2>&1 || missing=$(missing_for_python)
    if [ "$1" = test ] && command -v apt-get >/dev/null 2>&1; then
        missing="$missing $(missing_for_tests)"
    elif [ "$1" = test ] && ! has_browser; then
        say "no chromium here: tests that need a browser will be skipped"
    fi
    set -- $missing
    [ $# -eq 0 ] || install_packages "$@"
}

# --- Python --------------------------------------------------------------------------------------

whole='import ensurepip, venv'

# The first Python of at least 3.11 that can run $1 as well.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c "import sys; assert sys.version_info >= (3, 11); $1" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    return 1
}

has_environment() {
    .venv/bin/python -c "import sys; assert sys.version_info >= (3, 11); $1" >/dev/null 2>&1
}

make_environment() {
    missing=$(missing_for_python)
    [ -z "$missing" ] || install_packages $missing
    if ! python=$(find_python "$whole"); then
        say "Python 3.11 or newer with venv is needed, and this system's packages bring none."
        exit 2
    fi
    say "making .venv with $("$python" -V)"
    quietly "$python" -m venv --clear .venv
}

install_by_uv() {
    command -v uv >/dev/null 2>&1 || return 1
    say "installing with uv"
    {
        has_environment '' ||
            { rm -rf .venv && uv venv --python "$(find_python '' || echo '>=3.11')" .venv; }
    } >>"$log" 2>&1 &&
        uv pip install --compile-bytecode --python .venv/bin/python -c constraints.txt setuptools >>"$log" 2>&1 &&
        uv pip install --compile-bytecode --python .venv/bin/python -c constraints.txt --no-build-isolation -e "$1" >>"$log" 2>&1 ||
        { say "uv could not (see $log), trying pip"; return 1; }
}

install_by_pip() {
    has_environment 'import pip' || make_environment
    say "installing what peerapp stands on (a minute or two the first time)"
    # setuptools first, so that the version that builds us is a pinned one too.
    pip="env PIP_USER=0 .venv/bin/python -m pip install --disable-pip-version-check --no-input -c constraints.txt"
    quietly $pip setuptools
    quietly $pip --no-build-isolation -e "$1"
}

# What must not change if an earlier set-up is to be good enough; scripts in .venv know their folder.
fingerprint() {
    { pwd; cat pyproject.toml constraints.txt; .venv/bin/python -c 'import sys; print(sys.version)' 2>&1; } | cksum
}

# $1 is "app", or "test" for the tools as well.
needs_python() {
    done_before=$(cat "$stamp" 2>/dev/null || true)
    now=$(fingerprint)
    case $done_before in "$now test" | "$now $1") return ;; esac
    needs_to_write
    rm -f "$stamp"
    begin=$(date +%s)
    what=.
    [ "$1" = app ] || what='.[test]'
    install_by_uv "$what" || install_by_pip "$what"
    echo "$(fingerprint) $1" >"$stamp"
    say "set up in $(($(date +%s) - begin)) s"
}

# --- the commands --------------------------------------------------------------------------------

demo() {
    case " $* " in
        *" --port"*) ;;
        *) set -- --port "$(free_port)" "$@" ;;
    esac
    exec .venv/bin/peerapp demo "$@"
}

free_port() {
    .venv/bin/python - <<'END'
import socket

for port in (*range(8000, 8100), 0):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(probe.getsockname()[1])
        break
END
}

# Another user may read all of it, whatever this one's files are usually like. Compiled now, for then it cannot be.
setup() {
    .venv/bin/python -m compileall -q peerapp >/dev/null || true
    python=$(.venv/bin/python -c 'import sys; print(sys.base_prefix)')
    case $python in
        /root/* | /home/*) say "mind that its Python lies in $python, which that user has to be able to read" ;;
    esac
    say "ready: whoever may read this folder starts it with PEERAPP_INSTANCE=/a/folder/of/theirs sh run.sh serve"
}

step() {
    say "$*"
    tool=$1
    shift
    ".venv/bin/$tool" "$@" || failed="$failed $tool"
}

check() {
    failed=
    step ruff check .
    step ruff format --check .
    step mypy
    step lint-imports --no-logo
    step djlint --lint --quiet peerapp/templates
    step bandit --quiet --recursive --configfile pyproject.toml peerapp
    [ -z "$failed" ] || { say "check failed:$failed"; exit 1; }
    say "check passed"
}

command=${1:-help}
[ $# -eq 0 ] || shift
[ "$command" != setup ] || umask 022
case $command in
    demo | serve | setup) needs_system app; needs_python app ;;
    test) needs_system test; prefers_headless; needs_nginx; needs_python test ;;
    check | bench) needs_system app; needs_python test ;;
    help | -h | --help) usage; exit ;;
    *) usage >&2; exit 2 ;;
esac
case $command in
    demo) demo "$@" ;;
    serve) exec .venv/bin/peerapp serve "$@" ;;
    setup) setup ;;
    # One worker more than cores, for many tests wait; whoever has nothing left takes some of what others have.
    # What one worker has compiled the others and the next run need not compile again.
    test) unset PYTHONDONTWRITEBYTECODE; exec .venv/bin/python -m pytest -n "$(($(getconf _NPROCESSORS_ONLN) + 1))" --dist worksteal "$@" ;;
    check) check ;;
    bench) exec .venv/bin/python -m tests.bench "$@" ;;
esac
