@echo off
rem Starts Tandem: tandem COMMAND. Needs Java 17 or later, from JAVA_HOME or the PATH. Options for Java: JAVA_OPTS.
rem It works in TANDEM_HOME; else in the current directory; but if only the settings beside this file set anything, beside this file.
setlocal EnableExtensions DisableDelayedExpansion
set "install=%~dp0"
set "from=%CD%"
set "java=java"
if not defined JAVA_HOME goto :look
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto :version
echo JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe. Set it to a Java of version 17 or later, or unset it. 1>&2
exit /b 2
:look
where java >nul 2>nul && goto :version
echo Tandem needs Java 17 or later, and there is no java on the PATH. Install one, or set JAVA_HOME. 1>&2
exit /b 2

:version
set "version="
for /f "tokens=3" %%v in ('""%java%" -version 2^>^&1" ^| findstr /c:" version "') do if not defined version set "version=%%~v"
set "major="
for /f "tokens=1 delims=.-+_" %%m in ("%version%") do set "major=%%m"
if not defined major set "major=0"
if %major% GEQ 17 goto :home
echo %java% is Java %version%. Tandem needs Java 17 or later: install one, or set JAVA_HOME. 1>&2
exit /b 2

:home
if defined TANDEM_HOME (
  cd /d "%TANDEM_HOME%" || exit /b 2
  goto :options
)
if exist application.properties goto :options
if exist config\application.properties goto :options
findstr /r /c:"^ *[A-Za-z][^=]*= *[^ ]" "%install%application.properties" >nul 2>nul && cd /d "%install%"

:options
set "TANDEM_HOME="
set "short="
for %%w in (%*) do for %%s in (status validate reopen approve dead-letters link unlink forget setup backup restore upgrade-check help -h --help -V --version) do if "%%~w"=="%%s" set "short=yes"
set "long="
for %%w in (%*) do for %%s in (sync plan compare) do if "%%~w"=="%%s" set "long=yes"
set "options=-Xmx512m -XX:+ExitOnOutOfMemoryError -XX:TieredStopAtLevel=1"
if defined long set "options=-Xmx512m -XX:+ExitOnOutOfMemoryError"
if defined short set "options=-Xmx256m -XX:TieredStopAtLevel=1"
"%java%" %options% -XX:+UseSerialGC -Xms32m -XX:NewSize=16m -XX:MetaspaceSize=64m -Xlog:disable -Dio.netty.noUnsafe=true "-Dtandem.called-from=%from%" -Dfile.encoding=UTF-8 %JAVA_OPTS% -jar "%install%tandem.jar" %*
exit /b %ERRORLEVEL%
